namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>A task has too few problems at a difficulty for what was asked of it.</summary>
public sealed class TaskExhaustedException(string task, int difficulty, DataSplit split, int asked, int reachable)
    : Exception(
        $"Task \"{task}\" at difficulty {difficulty} has {reachable} problems for {split.ToString().ToLowerInvariant()} within "
        + $"reach, and {asked} were asked for; ask for at most {reachable}, or raise the difficulty.")
{
    public string Task { get; } = task;

    public int Difficulty { get; } = difficulty;

    public int Asked { get; } = asked;

    public int Reachable { get; } = reachable;
}
