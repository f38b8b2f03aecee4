using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

public sealed class MathematicsVerifierTests
{
    public static TheoryData<string> Groups => [.. LabelledAnswers.Groups];

    [Fact]
    public void Worked_example()
    {
        var verdict = MathematicsVerifier.Judge(
            "Find the distance from (2, 3) to (8, -6).",
            "3\\sqrt{13}",
            "<think>Maybe \\boxed{5}?</think>The distance is $\\sqrt{6^2+9^2}$, so it is \\boxed{\\sqrt{117}}.");

        Assert.Equal((Outcome.Correct, "numeric evaluation", "\\sqrt{117}"), (verdict.Outcome, verdict.Rule, verdict.Extracted));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void No_wrong_answer_passes(string group) =>
        Assert.DoesNotContain(LabelledAnswers.Of(group), row => row.Expected != Outcome.Correct && row.Judge().Outcome == Outcome.Correct);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Nearly_every_verdict_is_right(string group)
    {
        var rows = LabelledAnswers.Of(group).ToList();
        var missed = rows.Where(row => row.Judge().Outcome != row.Expected).ToList();

        Assert.True(missed.Count <= 0.03 * rows.Count, string.Join('\n', missed.Select(row => $"{row}: {row.Judge()}")));
    }

    [Fact]
    public void The_table_is_large_enough_to_mean_something()
    {
        Assert.True(LabelledAnswers.All.Count() >= 500);
        Assert.True(LabelledAnswers.All.Count(row => row.Expected == Outcome.Correct) >= 200);
        Assert.True(LabelledAnswers.All.Count(row => row.Expected == Outcome.Incorrect) >= 200);
    }

    [Fact]
    public void What_is_correct_is_decided_by_every_rule() =>
        Assert.Superset(
            new HashSet<string>
            {
                "identical text", "words", "multiple choice", "exact number", "tolerance", "canonical form", "modular evaluation", "numeric evaluation", "set", "list",
                "tuple", "matrix", "interval", "relation", "unit", "percent", "base", "ratio",
            },
            LabelledAnswers.All.Select(row => row.Judge()).Where(verdict => verdict.Outcome == Outcome.Correct).Select(verdict => verdict.Rule).ToHashSet());

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\\boxed{}")]
    public void Without_a_reference_there_is_no_verdict(string reference) =>
        Assert.Equal(Outcome.Abstained, MathematicsVerifier.Judge(null, reference, "5").Outcome);
}
