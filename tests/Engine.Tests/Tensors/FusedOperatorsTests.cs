using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class FusedOperatorsTests
{
    public FusedOperatorsTests() => LibTorch.EnsureLoaded();

    /// <summary>Sizes that libtorch's own operator takes, and sizes that it refuses.</summary>
    [Theory]
    [InlineData(8, 12)]
    [InlineData(6, 5)]
    public void Grouped_products_and_their_gradients_equal_products_one_by_one(int inner, int outer)
    {
        using var scope = NewDisposeScope();
        var rows = rand(10, inner).requires_grad_(true);
        var matrices = rand(3, outer, inner).requires_grad_(true);

        var grouped = FusedOperators.GroupedMatMul(rows, matrices.transpose(1, 2), tensor([4, 4, 10]));
        var single = cat([rows[..4].mm(matrices[0].t()), rows[4..].mm(matrices[2].t())]);

        AssertClose(single, grouped);
        var expected = Gradients(single, rows, matrices);
        var actual = Gradients(grouped, rows, matrices);
        AssertClose(expected[0], actual[0]);
        AssertClose(expected[1], actual[1]);
    }

    [Fact]
    public void Shared_key_value_heads_equal_repeated_ones()
    {
        using var scope = NewDisposeScope();
        var query = rand(2, 4, 5, 8);
        var (key, value) = (rand(2, 2, 5, 8), rand(2, 2, 5, 8));

        var shared = FusedOperators.Attention(query, key, value, mask: null, causal: true);
        var repeated = FusedOperators.Attention(
            query, key.repeat_interleave(2, 1), value.repeat_interleave(2, 1), mask: null, causal: true);

        AssertClose(repeated, shared);
    }

    [Fact]
    public void Root_mean_square_norm_follows_its_formula()
    {
        using var scope = NewDisposeScope();
        var (input, gain) = (randn(3, 16), rand(16));

        var slow = input / (input.square().mean([-1], keepdim: true) + 1e-6).sqrt() * gain;

        AssertClose(slow, FusedOperators.RmsNorm(input, gain, 1e-6));
    }

    private static Tensor[] Gradients(Tensor output, params Tensor[] inputs)
    {
        foreach (var input in inputs)
            input.grad = null;

        output.square().sum().backward();
        return [.. inputs.Select(input => input.grad!)];
    }

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f);
}
