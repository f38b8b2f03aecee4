namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Words a question for a model that reads language and never saw the task.</summary>
public static class TaskInstructions
{
    /// <returns>The rules, the task's example with its worked solution, and the question, with an empty line between each.</returns>
    /// <remarks>The example is the same for every question; at difficulty 1 it may be one of the set's own problems.</remarks>
    public static string Before(ITask task, string question)
    {
        var example = task.Example();
        return $"{task.Instructions}\n\nExample: {example.Question}\n{example.WorkedSolution}\n\n{question}";
    }
}
