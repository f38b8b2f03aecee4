using System.CommandLine;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Client.Grading;

/// <summary><c>--kind logic</c>: answers to generated tasks, by the rules of each.</summary>
internal sealed class LogicGraderKind : IGraderKind
{
    private readonly Option<string?> _task = new("--task") { Description = "Which task lines are of that name none themselves (logic).", HelpName = "NAME" };

    public LogicGraderKind() => _task.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } name && TaskCatalog.All.All(task => task.Name != name))
            result.AddError(new UnknownTaskException(name, [.. TaskCatalog.All.Select(task => task.Name)]).Message);
    });

    public string Name => "logic";

    public IReadOnlyList<Option> Options => [_task];

    public IGrader Create(ParseResult parsed) => new LogicGrader(parsed.GetValue(_task));
}
