using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

public sealed class TokenEntropyTests
{
    [Fact]
    public void Worked_example()
    {
        using var scope = NewDisposeScope();

        // p = 1/4, 1/4, 1/2; then all equal; then certain.
        var logits = tensor(new[,] { { 0f, 0f, MathF.Log(2) }, { 7, 7, 7 }, { 0, 500, 0 } });

        Assert.Equal(
            [1.5f * MathF.Log(2), MathF.Log(3), 0],
            TokenEntropy.Compute(logits).data<float>().ToArray(),
            (left, right) => MathF.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void It_is_the_slow_loop()
    {
        using var scope = NewDisposeScope();
        var random = new Random(3);
        var logits = new double[8, 50];
        var expected = new double[8];
        for (var token = 0; token < 8; token++)
        {
            for (var word = 0; word < 50; word++)
                logits[token, word] = (random.NextDouble() - 0.5) * 12;

            var total = Enumerable.Range(0, 50).Sum(word => Math.Exp(logits[token, word]));
            for (var word = 0; word < 50; word++)
            {
                var p = Math.Exp(logits[token, word]) / total;
                expected[token] -= p * Math.Log(p);
            }
        }

        Assert.Equal(
            expected, TokenEntropy.Compute(tensor(logits)).data<double>().ToArray(), (l, r) => Math.Abs(l - r) < 1e-12);
    }

    [Fact]
    public void Huge_and_excluded_logits_make_no_NaN()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[,] { { 1e30f, 1e30f, -1e30f }, { 3, 3, float.NegativeInfinity } });

        Assert.All(TokenEntropy.Compute(logits).data<float>().ToArray(), value => Assert.Equal(MathF.Log(2), value, 1e-6f));
    }

    [Fact]
    public void Bfloat16_is_summed_in_float32_and_no_gradient_is_kept()
    {
        using var scope = NewDisposeScope();
        using var entropy = TokenEntropy.Compute(zeros([1, 1000], ScalarType.BFloat16, requires_grad: true));

        Assert.Equal(MathF.Log(1000), entropy.item<float>(), 1e-4f);
        Assert.False(entropy.requires_grad);
    }
}
