using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class PackedMatrixTests
{
    public PackedMatrixTests() => LibTorch.EnsureLoaded();

    [Theory]
    [InlineData(1, 5, 3, false)]
    [InlineData(7, 64, 96, true)]
    [InlineData(40, 300, 33, true)]
    public void Multiplies_as_a_matrix_that_is_not_packed(int rows, int outer, int inner, bool hasBias)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var (input, matrix) = (rand([rows, inner], generator: generator), rand([outer, inner], generator: generator));
        var bias = hasBias ? rand([outer], generator: generator) : null;

        using var packed = new PackedMatrix(matrix, bias);

        Assert.True(F.linear(input, matrix, bias).allclose(packed.Multiply(input), rtol: 1e-5, atol: 1e-5));
    }

    [Theory]
    [InlineData(64, 96)]
    [InlineData(130, 257)]
    public void Gives_a_row_the_same_bits_whatever_rows_stand_beside_it(int outer, int inner)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        var input = randn([70, inner], generator: generator);
        using var packed = new PackedMatrix(randn([outer, inner], generator: generator));
        var all = packed.Multiply(input);

        foreach (var (first, count) in ((int, int)[])[(0, 1), (0, 2), (3, 5), (6, 16), (1, 33), (5, 64)])
            Assert.True(packed.Multiply(input.narrow(0, first, count)).Equals(all.narrow(0, first, count)));
    }

    [Fact]
    public void Keeps_the_numbers_that_it_was_made_of()
    {
        using var scope = NewDisposeScope();
        var (input, matrix) = (ones(2, 32), ones(16, 32));
        using var packed = new PackedMatrix(matrix);

        matrix.zero_();

        Assert.Equal(32, packed.Multiply(input)[1, 15].item<float>());
    }
}
