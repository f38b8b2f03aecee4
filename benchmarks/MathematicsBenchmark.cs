using System.Diagnostics;
using SeedOrleans.Engine.Rewards.Mathematics;
using SeedOrleans.Engine.Tests.Rewards.Mathematics;

namespace SeedOrleans.Benchmarks;

/// <summary>How long judging an answer takes: over the table of labelled answers, and over texts that were made to stall it.</summary>
/// <remarks>An answer's time is the best of its rounds; the last column is the worst of any round, with what the machine did meanwhile.</remarks>
internal static class MathematicsBenchmark
{
    private const int WarmUpRounds = 3, Rounds = 5;

    private static readonly string[] References =
        ["5", "x^2+2x+1", "\\sqrt{2}+\\sqrt{3}", "\\sin x+\\ln y", "(2,3]\\cup(4,5)", "\\{1,2,\\sqrt{3}\\}", "\\sum_{k=1}^{1000} \\sin k", "x+y=3"];

    public static void Run()
    {
        var labelled = LabelledAnswers.All.Select(row => (row.Question, row.Reference, row.Response, row.Policy)).ToArray();
        var hostile = References.SelectMany(reference => HostileTexts.All.Select(text => ((string?)null, reference, text, (MathematicsPolicy?)null))).ToArray();

        var table = new Table("answers", "count", "median ms", "p99 ms", "worst ms", "any round");
        foreach (var (name, answers) in ((string, (string? Question, string Reference, string Response, MathematicsPolicy? Policy)[])[])[("labelled table", labelled), ("hostile texts", hostile)])
        {
            var times = answers.Select(answer => Times(() => MathematicsVerifier.Judge(answer.Question, answer.Reference, answer.Response, answer.Policy))).ToArray();
            var best = times.Select(time => time.Min()).Order().ToArray();
            table.Add(
                name, Table.Number(best.Length), Table.Number(best[best.Length / 2]), Table.Number(best[best.Length * 99 / 100]), Table.Number(best[^1]),
                Table.Number(times.Max(time => time.Max())));
        }
    }

    /// <returns>Milliseconds of each round.</returns>
    private static double[] Times(Func<MathematicsVerdict> judge)
    {
        for (var round = 0; round < WarmUpRounds; round++)
            judge();

        return
        [
            .. Enumerable.Range(0, Rounds).Select(_ =>
            {
                var start = Stopwatch.GetTimestamp();
                judge();
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }),
        ];
    }
}
