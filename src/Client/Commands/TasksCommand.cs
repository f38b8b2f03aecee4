using System.CommandLine;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data.Tasks;

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
            var nameWidth = TaskCatalog.All.Max(task => task.Name.Length);
            foreach (var task in TaskCatalog.All)
                services.Console.Output.WriteLine(parsed.GetValue(json) ? Line(task) : $"{task.Name.PadRight(nameWidth)}  {Words(task)}");
        });

        return command;
    }

    private static string Words(ITask task) =>
        $"{task.Description} Difficulty 1 to {task.MaxDifficulty}: {task.DifficultyMeaning}.";

    private static string Line(ITask task) => RunJson.Write(json =>
    {
        json.WriteString("task", task.Name);
        json.WriteString("summary", task.Description);
        json.WriteString("difficulty", task.DifficultyMeaning);
        json.WriteNumber("max_difficulty", task.MaxDifficulty);
    });
}
