using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>A linear layer for each expert, applied to consecutive stretches of rows.</summary>
/// <param name="weight">[experts, outer, inner]; not owned.</param>
public sealed class ExpertProjection(Tensor weight) : IDisposable
{
    private PackedMatrix[]? _packed;

    /// <inheritdoc cref="Projection.Pack"/>
    public void Pack()
    {
        if (!PackedMatrix.CanPack(weight))
            return;

        using var scope = NewDisposeScope();
        _packed ??= [.. weight.unbind(0).Select(expert => new PackedMatrix(expert))];
    }

    /// <param name="rows">[rows, inner], sorted by expert.</param>
    /// <param name="ends">[experts], int32: where each expert's stretch ends.</param>
    /// <returns>[rows, outer].</returns>
    public Tensor Apply(Tensor rows, Tensor ends) =>
        _packed is null ? FusedOperators.GroupedMatMul(rows, weight.transpose(1, 2), ends) : OneByOne(_packed, rows, ends);

    public void Dispose()
    {
        foreach (var expert in _packed ?? [])
            expert.Dispose();
    }

    private static Tensor OneByOne(PackedMatrix[] experts, Tensor rows, Tensor ends)
    {
        using var scope = NewDisposeScope();

        var products = new List<Tensor>(experts.Length);
        var start = 0;
        foreach (var (expert, end) in experts.Zip(ends.data<int>()))
        {
            if (end > start)
                products.Add(expert.Multiply(rows.narrow(0, start, end - start)));

            start = end;
        }

        return cat(products).MoveToOuterDisposeScope();
    }
}
