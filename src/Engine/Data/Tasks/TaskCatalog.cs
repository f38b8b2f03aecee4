using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>The tasks there are.</summary>
public static class TaskCatalog
{
    public static ImmutableArray<ITask> All { get; } =
    [
        new AdditionTask(),
        new MultiplicationTask(),
        new ModularTask(),
        new LinearEquationTask(),
        new CountdownTask(),
        new SequenceTask(),
    ];

    /// <exception cref="UnknownTaskException">No task has this name.</exception>
    public static ITask Find(string name) =>
        All.FirstOrDefault(task => task.Name == name)
        ?? throw new UnknownTaskException(name, [.. All.Select(task => task.Name)]);
}
