using CsCheck;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;
using TorchSharp;
using static SeedOrleans.Engine.Tests.Algorithms.SlowPolicyLoss;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class ClippedPolicyLossTests
{
    /// <summary>Log-probs near each other, so that every side of every clip is met, and now and then very far.</summary>
    private static readonly Gen<double> Step =
        Gen.Frequency((12, Gen.Double[-0.6, 0.6]), (3, Gen.Double[-4, 4]), (1, Gen.Double[-40, 40]));

    private static readonly Gen<Token[]> Tokens =
        Gen.Select(Gen.Double[-5, -0.01], Step, Step, Gen.Double[-2, 2], Gen.Double[0.01, 1])
            .Select((old, step, toReference, advantage, weight) =>
                new Token(old + step, old, old + toReference, advantage, weight))
            .Array[1, 40];

    private static readonly Gen<Algorithm> Settings =
        Gen.Select(
            Gen.Double[0.05, 0.4], Gen.Double[0.05, 0.4], Gen.OneOf(0.0, 1.5, 3.0, 10.0), Gen.OneOf(0.0, 0.1, 1.0),
            Gen.Enum<KlEstimator>())
            .Select((low, high, dualClip, kl, estimator) => Groups.Dapo with
            {
                ClipLow = low,
                ClipHigh = high,
                DualClip = dualClip,
                KlCoefficient = kl,
                KlEstimator = estimator,
            });

    /// <summary>A ratio of each kind for a good and a bad token; DAPO: ε 0.2 and 0.28, c = 10.</summary>
    [Theory]
    [InlineData(1.0, 1, -1, 0, 0)]
    [InlineData(1.2, 1, -1.2, 0, 0)]
    [InlineData(1.27, 1, -1.27, 0, 0)] // GRPO's 1.2 would clip it
    [InlineData(1.5, 1, -1.28, 1, 0)]
    [InlineData(0.5, 1, -0.5, 0, 0)]
    [InlineData(0.85, -1, 0.85, 0, 0)]
    [InlineData(0.5, -1, 0.8, 1, 0)]
    [InlineData(1.5, -1, 1.5, 0, 0)]
    [InlineData(9.0, -1, 9, 0, 0)]
    [InlineData(50.0, -1, 10, 0, 1)]
    [InlineData(50.0, 1, -1.28, 1, 0)] // dual clip is for bad tokens alone
    public void Worked_example(double ratio, double advantage, double loss, double clipped, double bounded)
    {
        var (actual, statistics, _) = Fast([new Token(Math.Log(ratio) - 1, -1, 0, advantage, 1)], Groups.Dapo);

        Assert.Equal(loss, actual, 1e-9);
        Assert.Equal(clipped, statistics["actor/pg_clipfrac"]);
        Assert.Equal(bounded, statistics["actor/pg_clipfrac_lower"]);
        Assert.Equal(-Math.Log(ratio), statistics["actor/ppo_kl"], 1e-9);
    }

    /// <summary>DAPO, §3.1: with ε 0.2 a probability of 0.01 is pushed up to 0.012 and no further, one of 0.9 to 1.08.</summary>
    [Theory]
    [InlineData(0.01, 0.0119, true)]
    [InlineData(0.01, 0.0121, false)]
    [InlineData(0.9, 0.999, true)]
    public void Worked_example_of_the_papers_bound(double old, double now, bool isPushedOn)
    {
        var token = new Token(Math.Log(now), Math.Log(old), 0, 1, 1);

        Assert.Equal(isPushedOn, Fast([token], Groups.Dapo with { ClipHigh = 0.2 }).Gradient[0] < 0);
    }

    [Theory]
    [InlineData(KlEstimator.K1, 0.6931471805599453)]
    [InlineData(KlEstimator.K2, 0.2402265069591007)]
    [InlineData(KlEstimator.K3, 0.1931471805599453)] // ½ + ln 2 − 1
    public void Worked_example_of_KL_for_a_token_twice_as_likely_as_before(KlEstimator estimator, double kl)
    {
        var algorithm = Groups.Dapo with { KlCoefficient = 0.5, KlEstimator = estimator };
        var token = new Token(-1, -1, -1 - Math.Log(2), Advantage: 0, Weight: 1);

        var (loss, statistics, _) = Fast([token], algorithm);

        Assert.Equal(kl, statistics["actor/kl_loss"], 1e-12);
        Assert.Equal(kl / 2, loss, 1e-12);
    }

    [Fact]
    public void It_is_the_slow_loop() =>
        Gen.Select(Tokens, Settings).Sample((tokens, algorithm) =>
        {
            var (loss, statistics, _) = Fast(tokens, algorithm);
            var expected = SlowPolicyLoss.Of(tokens, algorithm);

            AssertClose(expected.Loss, loss, 1e-9);
            Assert.Equal(expected.Statistics.Keys.Order(), statistics.Keys.Order());
            Assert.All(expected.Statistics, metric => AssertClose(metric.Value, statistics[metric.Key], 1e-9));
        });

    [Fact]
    public void It_is_the_slow_loop_in_float32() =>
        Gen.Select(Tokens.Where(tokens => tokens.All(IsModest)), Settings).Sample((tokens, algorithm) =>
            AssertClose(
                SlowPolicyLoss.Of(tokens, algorithm).Loss, Fast(tokens, algorithm, ScalarType.Float32).Loss, 1e-3));

    [Fact]
    public void Its_gradient_is_the_slow_loops_slope() =>
        Gen.Select(Tokens, Settings).Sample((tokens, algorithm) =>
        {
            const double H = 1e-6;
            var gradient = Fast(tokens, algorithm).Gradient;
            for (var i = 0; i < tokens.Length; i++)
            {
                // A token alone, for a far token's loss would drown its neighbours' slopes in rounding.
                double At(double shift) =>
                    SlowPolicyLoss.Of([tokens[i] with { LogProb = tokens[i].LogProb + shift }], algorithm).Loss;

                var rounding = 1e-9 * Math.Abs(At(0));
                var (left, right) = ((At(0) - At(-H)) / H, (At(H) - At(0)) / H);
                if (Math.Abs(left - right) < rounding + (1e-3 * (1 + Math.Abs(left)))) // else the token sits on a kink
                    AssertClose((left + right) / 2, gradient[i], 1e-3 + rounding);
            }
        });

    [Fact]
    public void On_policy_the_gradient_is_minus_weight_times_advantage() =>
        Tokens.Sample(tokens =>
        {
            Token[] onPolicy = [.. tokens.Select(token => token with { LogProb = token.OldLogProb })];

            Assert.Equal(
                onPolicy.Select(token => -token.Weight * token.Advantage),
                Fast(onPolicy, Groups.Dapo).Gradient,
                (left, right) => Math.Abs(left - right) < 1e-12);
        });

    [Fact]
    public void Micro_batches_add_up_to_the_batch() =>
        Gen.Select(Tokens, Settings, Gen.Int[1, 7]).Sample((tokens, algorithm, size) =>
        {
            var whole = Fast(tokens, algorithm);
            var parts = tokens.Chunk(size).Select(part => Fast(part, algorithm)).ToList();

            AssertClose(whole.Loss, parts.Sum(part => part.Loss), 1e-9);
            Assert.Equal(whole.Gradient, parts.SelectMany(part => part.Gradient));
            Assert.All(whole.Statistics, metric =>
                AssertClose(metric.Value, parts.Sum(part => part.Statistics[metric.Key]), 1e-9));
        });

    [Fact]
    public void Absent_tokens_cannot_poison_what_is_left() =>
        Gen.Select(Tokens, Settings, Gen.OneOf(double.NaN, double.NegativeInfinity, double.PositiveInfinity)).Sample(
            (tokens, algorithm, poison) =>
            {
                var clean = Fast(tokens, algorithm);
                var poisoned = Fast(
                    [.. tokens, new Token(-1, poison, poison, poison, Weight: 0), new Token(poison, -1, -1, 1, Weight: 0)],
                    algorithm);

                AssertClose(clean.Loss, poisoned.Loss, 1e-12);
                Assert.Equal([.. clean.Gradient, 0, 0], poisoned.Gradient);
                Assert.All(clean.Statistics, metric =>
                    AssertClose(metric.Value, poisoned.Statistics[metric.Key], 1e-12));
            });

    [Fact]
    public void A_padded_rectangle_is_worth_its_packed_tokens()
    {
        using var scope = NewDisposeScope();
        Token[] tokens =
        [
            new(-1, -1.5, 0, 1, 0.5), new(-2, -1.9, 0, -1, 0.25),
            new(-9, 0, 0, 9, 0), new(-1, -1, 0, 2, 0.25),
        ];
        var batch = Batch(tokens, ScalarType.Float64);
        var rectangle = new TokenBatch
        {
            OldLogProbs = batch.OldLogProbs.view(2, 2),
            Advantages = batch.Advantages.view(2, 2),
            Weights = batch.Weights.view(2, 2),
        };

        var loss = new ClippedPolicyLoss(Groups.Dapo).Compute(Column(tokens, token => token.LogProb).view(2, 2), rectangle);

        Assert.Equal(SlowPolicyLoss.Of(tokens, Groups.Dapo).Loss, loss.Sum.item<double>(), 1e-12);
    }

    [Fact]
    public void Only_its_results_outlive_a_call()
    {
        using var scope = NewDisposeScope();
        var tokens = new[] { new Token(-1, -1.5, -1.2, 1, 1) };
        var batch = Batch(tokens, ScalarType.Float64);
        var logProbs = Column(tokens, token => token.LogProb);
        var before = scope.DisposablesCount;

        var loss = new ClippedPolicyLoss(Groups.Dapo with { KlCoefficient = 1, KlEstimator = KlEstimator.K1 })
            .Compute(logProbs, batch);

        Assert.Equal(before + 1 + loss.Statistics.Count, scope.DisposablesCount);
        Assert.All(loss.Statistics.Values, statistic => Assert.False(statistic.requires_grad));
    }

    [Fact]
    public void Tensors_that_are_not_parallel_are_refused()
    {
        using var scope = NewDisposeScope();
        var batch = Batch([new Token(-1, -1, -1, 1, 1)], ScalarType.Float64);

        var refusal = Assert.Throws<ArgumentException>(
            () => new ClippedPolicyLoss(Groups.Dapo).Compute(zeros([3], ScalarType.Float64), batch));
        Assert.Contains("[1] beside log-probs of shape [3]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_KL_term_without_a_reference_is_refused()
    {
        using var scope = NewDisposeScope();
        var batch = Batch([new Token(-1, -1, -1, 1, 1)], ScalarType.Float64) with { ReferenceLogProbs = null };

        var refusal = Assert.Throws<ArgumentException>(
            () => new ClippedPolicyLoss(Groups.Dapo with { KlCoefficient = 1 })
                .Compute(zeros([1], ScalarType.Float64), batch));
        Assert.Contains("reference log-probs", refusal.Message, StringComparison.Ordinal);
    }

    private static (double Loss, Dictionary<string, double> Statistics, double[] Gradient) Fast(
        Token[] tokens, Algorithm algorithm, ScalarType type = ScalarType.Float64)
    {
        using var scope = NewDisposeScope();
        var logProbs = Column(tokens, token => token.LogProb).to(type).requires_grad_();
        var loss = new ClippedPolicyLoss(algorithm).Compute(logProbs, Batch(tokens, type));
        loss.Sum.backward();

        return (
            loss.Sum.ToDouble(),
            loss.Statistics.ToDictionary(metric => metric.Key, metric => metric.Value.ToDouble()),
            logProbs.grad!.to(ScalarType.Float64).data<double>().ToArray());
    }

    private static TokenBatch Batch(Token[] tokens, ScalarType type) => new()
    {
        OldLogProbs = Column(tokens, token => token.OldLogProb).to(type),
        ReferenceLogProbs = Column(tokens, token => token.ReferenceLogProb).to(type),
        Advantages = Column(tokens, token => token.Advantage).to(type),
        Weights = Column(tokens, token => token.Weight).to(type),
    };

    private static Tensor Column(Token[] tokens, Func<Token, double> value) => tensor(tokens.Select(value).ToArray());

    private static bool IsModest(Token token) =>
        Math.Abs(token.LogProb - token.OldLogProb) < 4 && Math.Abs(token.LogProb - token.ReferenceLogProb) < 4;

    private static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected}, was {actual}");
}
