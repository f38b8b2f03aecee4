using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Ladder;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Judges;

public sealed class JudgeLadderTests
{
    private readonly List<Disagreement> _logged = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("42", Outcome.Correct)]
    [InlineData("41", Outcome.Incorrect)]
    public async Task What_the_rule_decides_costs_no_judge(string answer, Outcome expected)
    {
        using var model = LambdaModel.Says("NO");

        var opinion = await Ladder(model, 0).JudgeAsync("6·7?", "42", answer, Cancellation);

        Assert.Equal(expected, opinion.Outcome);
        Assert.Equal(0, model.Calls);
        Assert.DoesNotContain("judge:", opinion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rule_abstains_from_is_the_judges()
    {
        using var model = LambdaModel.Says("YES");

        var opinion = await Ladder(model, 0).JudgeAsync("Where does the sun rise?", "\\text{in the east}", "at the eastern side", Cancellation);

        Assert.Equal(Outcome.Correct, opinion.Outcome);
        Assert.Equal("judge: The judge says yes.", opinion.Reason);
        Assert.Equal(1, model.Calls);
        Assert.Empty(_logged);
    }

    [Theory]
    [InlineData("NO", 1)]
    [InlineData("YES", 0)]
    [InlineData("Perhaps", 0)]
    public async Task An_audit_logs_what_differs_and_changes_nothing(string verdict, int logged)
    {
        using var model = LambdaModel.Says(verdict);

        var opinion = await Ladder(model, 1).JudgeAsync("6·7?", "42", "<think>hm</think>42", Cancellation);

        Assert.Equal(Outcome.Correct, opinion.Outcome);
        Assert.Equal(1, model.Calls);
        Assert.Equal(logged, _logged.Count);
        Assert.All(_logged, entry => Assert.Equal(
            ("6·7?", "42", "42", Outcome.Correct, Outcome.Incorrect, "NO", DateTimeOffset.UnixEpoch),
            (entry.Question, entry.Reference, entry.Response, entry.RuleOutcome, entry.JudgeOutcome, entry.JudgeText, entry.At)));
    }

    [Fact]
    public async Task A_share_is_audited_and_always_the_same()
    {
        using var model = LambdaModel.Says("YES");
        for (var number = 0; number < 400; number++)
            await Ladder(model, 0.25).JudgeAsync("?", $"{number}", $"{number}", Cancellation);
        Assert.InRange(model.Calls, 70, 130);

        var audited = await AuditedAsync();
        Assert.Equal(audited, await AuditedAsync());
        Assert.InRange(audited.Count, 1, 49);

        async Task<List<int>> AuditedAsync()
        {
            List<int> numbers = [];
            for (var number = 0; number < 50; number++)
            {
                using var counted = LambdaModel.Says("YES");
                await Ladder(counted, 0.25).JudgeAsync("?", $"{number}", $"{number}", Cancellation);
                if (counted.Calls > 0)
                    numbers.Add(number);
            }

            return numbers;
        }
    }

    [Fact]
    public async Task A_judge_that_fails_takes_nothing_from_the_rule_and_is_told_of_where_it_was_needed()
    {
        using var model = new LambdaModel((_, _) => throw new DownException());

        var audited = await Ladder(model, 1).JudgeAsync("6·7?", "42", "42", Cancellation);
        Assert.Equal(Outcome.Correct, audited.Outcome);
        Assert.Contains("The audit failed: down", audited.Reason, StringComparison.Ordinal);

        await Assert.ThrowsAsync<DownException>(() => Ladder(model, 0).JudgeAsync("?", "\\text{in the east}", "the eastern side", Cancellation));
    }

    [Fact]
    public async Task The_log_is_lines_of_json()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            using var log = new JsonLinesDisagreementLog(file);
            using var model = LambdaModel.Says("NO");
            var ladder = new JudgeLadder(new SeedVerifier(model), new LadderOptions { AuditShare = 1 }, log);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => ladder.JudgeAsync("?\n", $"{number}", $"{number}", Cancellation)));

            var lines = (await File.ReadAllLinesAsync(file, Cancellation)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            Assert.Equal(20, lines.Select(line => line.GetProperty("reference").GetString()).Distinct().Count());
            Assert.All(lines, line => Assert.Equal(
                ("correct", "incorrect", "NO"),
                (line.GetProperty("rule_outcome").GetString(), line.GetProperty("judge_outcome").GetString(), line.GetProperty("judge_text").GetString())));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private JudgeLadder Ladder(LambdaModel model, double share) =>
        new(new SeedVerifier(model), new LadderOptions { AuditShare = share }, new ListLog(_logged), new FakeTimeProvider(DateTimeOffset.UnixEpoch));

    private sealed class ListLog(List<Disagreement> entries) : IDisagreementLog
    {
        public ValueTask AddAsync(Disagreement disagreement, CancellationToken cancellationToken)
        {
            entries.Add(disagreement);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class DownException() : JudgeFailedException("down");
}
