using System.CommandLine;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed tasks</c>: the generated tasks that a spec may name, and samples of one.</summary>
internal static class TasksCommand
{
    private const int MostSamples = 100_000;

    public static Command Create(CommandServices services)
    {
        var name = new Argument<string?>("task") { Description = "Show this task's rules and samples of it.", Arity = ArgumentArity.ZeroOrOne };
        var difficulty = NumberOptions.Of("--difficulty", "How hard the samples are, from 1.", 1, 99, 1);
        var seed = NumberOptions.Of("--seed", "The same seed gives the same samples.", 0UL, ulong.MaxValue, 1UL, "S");
        var count = NumberOptions.Of("--count", "How many samples.", 1, MostSamples, 3);
        var manual = new Option<bool>("--manual") { Description = "Print docs/tasks.md in its place." };
        var json = CommandParts.Json();
        var command = new Command("tasks", "List the tasks that can be generated, or show one.") { name, difficulty, seed, count, manual, json };

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(manual))
            {
                services.Console.Output.Write(TaskManual.Generate());
                return;
            }

            var lines = parsed.GetValue(name) is { } one
                ? Show(Find(one), parsed.GetValue(difficulty), parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(json))
                : parsed.GetValue(json) ? TaskCatalog.All.Select(TaskJson.Task) : List();
            foreach (var line in lines)
                services.Console.Output.WriteLine(line);
        });

        return command;
    }

    private static ITask Find(string name)
    {
        try
        {
            return TaskCatalog.Find(name);
        }
        catch (UnknownTaskException unknown)
        {
            throw new CommandFailedException(ExitCode.Usage, unknown.Message);
        }
    }

    private static IEnumerable<string> List()
    {
        var nameWidth = TaskCatalog.All.Max(task => task.Name.Length);
        foreach (var family in TaskCatalog.All.GroupBy(task => task.Family))
        {
            yield return RunJson.Word(family.Key);
            foreach (var task in family)
                yield return $"  {task.Name.PadRight(nameWidth)}  {task.Description} {Range(task)}";
        }
    }

    private static IEnumerable<string> Show(ITask task, int difficulty, ulong seed, int count, bool asJson)
    {
        if (difficulty > task.MaxDifficulty)
            throw new CommandFailedException(ExitCode.Usage, $"--difficulty: {difficulty} is more than the {task.MaxDifficulty} that {task.Name} goes to");

        var problems = Enumerable.Range(0, count).Select(index => (Index: index, Problem: task.Generate(difficulty, seed, index)));
        return asJson
            ? problems.Select(sample => TaskJson.Sample(task, difficulty, seed, sample.Index, sample.Problem))
            : problems.SelectMany(IEnumerable<string> (sample) => ["", sample.Problem.Question, sample.Problem.WorkedSolution])
                .Prepend(Range(task)).Prepend(task.Instructions);
    }

    private static string Range(ITask task) => $"Difficulty 1 to {task.MaxDifficulty}: {task.DifficultyMeaning}.";
}
