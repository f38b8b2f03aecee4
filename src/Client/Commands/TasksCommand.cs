using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed tasks</c>: the generated tasks that a spec may name.</summary>
internal static class TasksCommand
{
    public static Command Create(CommandServices services)
    {
        var json = CommandParts.Json();
        var command = new Command("tasks", "List the tasks that can be generated.") { json };

        command.SetAction(parsed =>
        {
            var nameWidth = services.Tasks.Tasks.Max(task => task.Name.Length);
            foreach (var task in services.Tasks.Tasks)
                services.Console.Output.WriteLine(parsed.GetValue(json) ? Line(task) : $"{task.Name.PadRight(nameWidth)}  {task.Summary}; difficulty: {task.Difficulty}");
        });

        return command;
    }

    private static string Line(TaskDescription task) => RunJson.Write(json =>
    {
        json.WriteString("task", task.Name);
        json.WriteString("summary", task.Summary);
        json.WriteString("difficulty", task.Difficulty);
    });
}
