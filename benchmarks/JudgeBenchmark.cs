using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Mathematics;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Benchmarks;

/// <summary>How often a trained judge is right on held-out pairs, and whether it says the same when they are restated.</summary>
internal static class JudgeBenchmark
{
    private const int Pairs = 1000, Restated = 500;

    private const ulong Seed = 20_000;

    /// <param name="policy">A folder that a run left.</param>
    /// <param name="difficulty">Of the tasks that it was trained on.</param>
    public static async Task RunAsync(string policy, JudgeStyle style, int difficulty)
    {
        var spec = new JudgeSpec { Path = policy, Style = style, Prompt = JudgePrompt.Compact, Parallel = 64, MaxTokens = 40 };
        using var model = JudgeModel.Open(spec, TimeProvider.System);
        var judge = AnswerJudge.Of(style, model, JudgeOptions.Of(spec));

        var table = new Table("pairs", "count", "right", "abstained", "restated", "flips");
        foreach (var name in (string[])["equivalence", "equivalence-new-forms"])
        {
            var problems = TaskSet.Draw(TaskCatalog.Find(name), difficulty, Pairs, DataSplit.Evaluation, Seed);
            var verdicts = await Task.WhenAll(problems.Select(problem => AskAsync(judge, SidesOf(problem))));
            var again = await Task.WhenAll(problems.Take(Restated).Select(problem => AskAsync(judge, Restate(SidesOf(problem)))));
            table.Add(
                name, Table.Number(Pairs),
                Table.Number(problems.Zip(verdicts).Count(pair => pair.Second == (pair.First.GroundTruth == "yes" ? Outcome.Correct : Outcome.Incorrect)) / (double)Pairs),
                Table.Number(verdicts.Count(verdict => verdict == Outcome.Abstained)),
                Table.Number(Restated),
                Table.Number(again.Zip(verdicts).Count(pair => pair.First != pair.Second)));
        }
    }

    private static async Task<Outcome> AskAsync(AnswerJudge judge, (string Reference, string Answer) sides) =>
        (await judge.JudgeAsync(null, sides.Reference, $";{sides.Answer}", CancellationToken.None)).Outcome;

    private static (string Reference, string Answer) SidesOf(Problem problem) =>
        problem.Question.TrimEnd('=').Split('~') is [var reference, var answer] ? (reference, answer) : throw new FormatException(problem.Question);

    /// <returns>The same claim with its sides exchanged, and sums and products turned round.</returns>
    private static (string Reference, string Answer) Restate((string Reference, string Answer) sides) => (TurnRound(sides.Answer), TurnRound(sides.Reference));

    private static string TurnRound(string formula)
    {
        foreach (var sign in (char[])['+', '*'])
            if (formula.Split(sign) is [var first, var second] && second.All(char.IsAsciiDigit) && first.All(char.IsAsciiDigit))
                return $"{second}{sign}{first}";

        return formula;
    }
}
