using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Tests.Specs;

public sealed class RewardRulesTests
{
    [Fact]
    public void A_judge_stands_in_the_spec_as_in_its_record()
    {
        var reading = SpecText.Parse(SpecText.Valid + "\nrewards:\n  partial_credit: true\n  judge:\n    endpoint: http://127.0.0.1:8000/v1\n    model: judge\n    style: thinking\n");

        Assert.Empty(reading.Errors);
        Assert.Equal(
            new RewardSpec { PartialCredit = true, Judge = new JudgeSpec { Endpoint = "http://127.0.0.1:8000/v1", Model = "judge", Style = JudgeStyle.Thinking } },
            reading.Spec!.Rewards);
    }

    [Theory]
    [InlineData("  judge:\n    endpoint: ftp://here\n    model: judge\n", "rewards.judge.endpoint", "no http or https address")]
    [InlineData("  reward_model:\n    style: thinking\n", "rewards.reward_model.endpoint", "is missing")]
    [InlineData("  reward_model:\n    path: nowhere\n", "rewards.reward_model.path", "no such folder")]
    [InlineData("  judge:\n    endpoint: http://here/v1\n    model: judge\n    retries: -1\n", "rewards.judge.retries", "at least 0")]
    [InlineData("  audit_share: 0.1\n", "rewards.audit_share", "give rewards.judge")]
    [InlineData("  comparison: tournament\n", "rewards.comparison", "give rewards.reward_model")]
    [InlineData("  verifiers: 0\n", "rewards.verifiers", "at least 1")]
    public void Mistakes_are_told_with_their_key(string section, string key, string problem)
    {
        var error = Assert.Single(SpecText.Parse(SpecText.Valid + "\nrewards:\n" + section).Errors);

        Assert.Equal(key, error.Key);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
