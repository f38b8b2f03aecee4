using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Moves rows between the ranks of a group, and their gradients back.</summary>
/// <remarks>
/// Of a pair of calls that are each other's transpose, one's backward is the other's forward: gather and reduce-scatter, and an exchange and
/// its reverse (Korthikanti et al., arXiv:2205.05198, §4.2.2). In a group of one nothing moves.
/// </remarks>
public sealed class RowExchange(ICommunicator group, CancellationToken cancellationToken)
{
    public int Size => group.Size;

    public int Rank => group.Rank;

    /// <summary>Brings every rank's rows to every rank.</summary>
    /// <param name="mine">[rows of this rank, …].</param>
    /// <param name="rows">By rank.</param>
    /// <returns>[all rows, …].</returns>
    public Tensor Gather(Tensor mine, Stretches rows, GradientTape tape) =>
        Size == 1 ? mine : tape.Cut(mine, rank => AllGather(rank, rows), gradient => ReduceScatter(gradient, rows));

    /// <summary>Adds up what every rank has of all rows, and leaves each rank its own.</summary>
    /// <param name="partial">[all rows, …].</param>
    /// <param name="rows">By rank.</param>
    /// <returns>[rows of this rank, …].</returns>
    public Tensor ReduceScatter(Tensor partial, Stretches rows, GradientTape tape) =>
        Size == 1 ? partial : tape.Cut(partial, all => ReduceScatter(all.clone(), rows), gradient => AllGather(gradient, rows));

    /// <summary>Sends each rank the rows that are for it.</summary>
    /// <param name="sent">[rows sent, …].</param>
    /// <param name="to">Rows of <paramref name="sent"/>, by the rank that gets them.</param>
    /// <param name="from">Rows of the result, by the rank that they come from.</param>
    public Tensor Exchange(Tensor sent, Stretches to, Stretches from, GradientTape tape) =>
        Size == 1 ? sent : tape.Cut(sent, rows => AllToAll(rows, to, from), gradient => AllToAll(gradient, from, to));

    /// <summary>Adds up what every rank has; no gradient passes.</summary>
    public void Sum(Tensor tensor)
    {
        if (Size > 1)
            group.AllReduceSum(tensor, cancellationToken);
    }

    /// <returns>[ranks, …]: what each rank brought; no gradient passes.</returns>
    public Tensor Collect(Tensor mine) => AllGather(mine.unsqueeze(0), Stretches.Even(Size, Size));

    /// <summary><see cref="Gather"/> without a gradient.</summary>
    internal Tensor AllGather(Tensor mine, Stretches rows)
    {
        var all = empty([rows.Count, .. mine.shape.AsSpan(1)], mine.dtype);
        var (start, length) = rows[Rank];
        all.narrow(0, start, length).copy_(mine);
        group.AllGather(all, rows.Times(Width(all)), cancellationToken);
        return all;
    }

    /// <summary><see cref="ReduceScatter(Tensor, Stretches, GradientTape)"/> without a gradient; overwrites <paramref name="partial"/>.</summary>
    internal Tensor ReduceScatter(Tensor partial, Stretches rows)
    {
        var all = partial.contiguous();
        group.ReduceScatterSum(all, rows.Times(Width(all)), cancellationToken);
        var (start, length) = rows[Rank];
        return all.narrow(0, start, length).clone();
    }

    private Tensor AllToAll(Tensor sent, Stretches to, Stretches from)
    {
        var received = empty([from.Count, .. sent.shape.AsSpan(1)], sent.dtype);
        var width = Width(received);
        group.AllToAll(sent.contiguous(), to.Times(width), received, from.Times(width), cancellationToken);
        return received;
    }

    /// <returns>Numbers in a row.</returns>
    private static long Width(Tensor rows) => rows.shape.AsSpan(1).ToArray().Aggregate(1L, (product, size) => product * size);
}
