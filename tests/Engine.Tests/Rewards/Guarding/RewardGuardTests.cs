using SeedOrleans.Engine.Rewards.Guarding;

namespace SeedOrleans.Engine.Tests.Rewards.Guarding;

public sealed class RewardGuardTests
{
    private readonly RewardGuard _guard = new();
    private int _step;

    [Fact]
    public void A_policy_that_gets_better_raises_no_alarm()
    {
        for (var phase = 0; phase < 8; phase++)
            Assert.Empty(Phase(accuracy: 0.1 * phase, score: 0.1 * phase, length: 10 + (4 * phase), entropy: 1.0 / (1 + (3 * phase))));
    }

    [Fact]
    public void Score_up_and_accuracy_down_is_an_alarm()
    {
        Assert.Empty(Phase(accuracy: 0.5, score: 0));

        Assert.Contains("score rose from 0 to 0.4 while held-out accuracy fell from 0.5 to 0.3", Assert.Single(Phase(accuracy: 0.3, score: 0.4)), StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_is_none()
    {
        Phase(accuracy: 0.5, score: 0);

        Assert.Empty(Phase(accuracy: 0.48, score: 0.4));
        Assert.Empty(Phase(accuracy: 0.3, score: 0.45));
    }

    [Fact]
    public void Responses_that_grow_for_nothing_are_an_alarm()
    {
        Phase(accuracy: 0.5, length: 100);

        Assert.Contains("grew from 100 to 160 tokens", Assert.Single(Phase(accuracy: 0.5, length: 160)), StringComparison.Ordinal);
    }

    [Fact]
    public void Entropy_that_is_gone_is_an_alarm_unless_all_is_solved()
    {
        Phase(accuracy: 0.5, entropy: 1);

        Assert.Contains("entropy is down to 0.05 from 1", Assert.Single(Phase(accuracy: 0.5, entropy: 0.05)), StringComparison.Ordinal);
        Assert.Empty(Phase(accuracy: 0.99, entropy: 0.01));
    }

    [Fact]
    public void A_sign_is_told_once_and_again_after_it_was_gone()
    {
        var told = new[] { 0.1, 0.2, 0.0, 0.1 }.Select(restated => _guard.Observe(Step(restated: restated)).Count);

        Assert.Equal([1, 0, 0, 1], told);
    }

    [Fact]
    public void Babble_is_an_alarm() => Assert.Contains("50 %", Assert.Single(_guard.Observe(Step(repeated: 0.5))), StringComparison.Ordinal);

    private IReadOnlyList<string> Phase(double accuracy, double score = 0, double length = 10, double entropy = 1)
    {
        for (var step = 0; step < 5; step++)
            Assert.Empty(_guard.Observe(Step(score, length, entropy)));

        return _guard.Evaluated(accuracy);
    }

    private StepObservation Step(double score = 0, double length = 10, double entropy = 1, double restated = 0, double repeated = 0) =>
        new(++_step, score, length, entropy, restated, repeated);
}
