using SeedOrleans.Engine.Algorithms;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class NegativeLogLikelihoodTests
{
    [Fact]
    public void Worked_example()
    {
        using var scope = NewDisposeScope();
        var logProbs = tensor([-1.0, -2, -4]).requires_grad_();

        var loss = new NegativeLogLikelihood().Compute(logProbs, Batch([0.5, 0.25, 0.25]));
        loss.Sum.backward();

        Assert.Equal(2, loss.Sum.item<double>());
        Assert.Equal(2, loss.Statistics["sft/loss"].item<double>());
        Assert.False(loss.Statistics["sft/loss"].requires_grad);
        Assert.Equal([-0.5, -0.25, -0.25], logProbs.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Absent_tokens_cannot_poison_what_is_left()
    {
        using var scope = NewDisposeScope();
        var logProbs = tensor([-1.0, double.NaN, double.NegativeInfinity]).requires_grad_();

        var loss = new NegativeLogLikelihood().Compute(logProbs, Batch([1, 0, 0]));
        loss.Sum.backward();

        Assert.Equal(1, loss.Sum.item<double>());
        Assert.Equal([-1, 0, 0], logProbs.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Weights_that_are_not_parallel_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(
            () => new NegativeLogLikelihood().Compute(tensor([-1.0]), Batch([1, 1])));
    }

    private static TokenBatch Batch(double[] weights) => new()
    {
        OldLogProbs = zeros(weights.Length, ScalarType.Float64),
        Advantages = zeros(weights.Length, ScalarType.Float64),
        Weights = tensor(weights),
    };
}
