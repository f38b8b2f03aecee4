namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <summary>Says from the question alone whether an answer is right: slow, plain, and written without looking at the rules.</summary>
internal static class TaskOracles
{
    private static readonly Dictionary<string, Func<string, string, bool>> All =
        new IReadOnlyDictionary<string, Func<string, string, bool>>[]
        {
            ArithmeticOracles.All, CrypticOracles.All, LogicOracles.All, GridOracles.All, GraphOracles.All, SearchOracles.All,
            SequentialOracles.All, JudgingOracles.All, WritingOracles.All,
        }
        .SelectMany(family => family).ToDictionary();

    public static IEnumerable<string> Tasks => All.Keys;

    public static bool IsRight(string task, string question, string answer)
    {
        var body = question[..^1];
        return answer.Length > 0 && All[task](body, answer);
    }

    /// <returns>What follows the first ':' of a question.</returns>
    public static string AfterWord(string question) => question[(question.IndexOf(':') + 1)..];
}
