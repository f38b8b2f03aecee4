using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Client.Views;

/// <summary>Generated tasks as JSON lines; docs/console.md promises these shapes.</summary>
internal static class TaskJson
{
    public static string Task(ITask task) => RunJson.Write(json =>
    {
        json.WriteString("task", task.Name);
        json.WriteString("family", RunJson.Word(task.Family));
        json.WriteString("summary", task.Description);
        json.WriteString("difficulty", task.DifficultyMeaning);
        json.WriteNumber("max_difficulty", task.MaxDifficulty);
    });

    /// <param name="index">The problem's place among those of the seed.</param>
    public static string Sample(ITask task, int difficulty, ulong seed, int index, Problem problem) => RunJson.Write(json =>
    {
        json.WriteString("task", task.Name);
        json.WriteNumber("difficulty", difficulty);
        json.WriteNumber("seed", seed);
        json.WriteNumber("index", index);
        json.WriteString("instructions", task.Instructions);
        json.WriteString("question", problem.Question);
        json.WriteString("ground_truth", problem.GroundTruth);
        json.WriteString("solution", problem.WorkedSolution);
    });
}
