using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>One unit's weights on one rank: what it computes with, their gradients, and what it keeps of both.</summary>
internal abstract class UnitWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _views = [];

    /// <param name="full">[unit], the weights' type: where all slices lie while somebody computes with them; owned.</param>
    /// <param name="leafGradients">[unit], the weights' type: what backward adds to; owned. Null where nobody trains.</param>
    protected UnitWeights(ShardUnit unit, Tensor full, Tensor? leafGradients)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        (Unit, Full, LeafGradients) = (unit, full.DetachFromDisposeScope(), leafGradients?.DetachFromDisposeScope());

        // Writing to the memory must not look like changing the tensors that graphs have saved: they are others, over the same memory.
        var leaves = TensorPages.Another(full);
        foreach (var (slice, offset) in unit.Slices())
        {
            var view = leaves.narrow(0, offset, slice.Count).view(slice.Shape).detach();
            _views[slice.Whole.Name] = view.DetachFromDisposeScope();
            if (leafGradients is not null)
                view.requires_grad_(true).grad = leafGradients.narrow(0, offset, slice.Count).view(slice.Shape);
        }
    }

    public IReadOnlyList<KeptStretch> Stretches { get; protected init; } = [];

    protected ShardUnit Unit { get; }

    protected Tensor Full { get; }

    protected Tensor? LeafGradients { get; }

    /// <summary>All memory of weights that lasts, and what it holds of whole tensors.</summary>
    public abstract IEnumerable<(Tensor Flat, ShardPiece Piece)> Lasting();

    public Tensor? Find(string name) => _views.GetValueOrDefault(name);

    /// <summary>Takes this rank's part of a whole model.</summary>
    public virtual void Set(ModelWeights whole)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (slice, offset) in Unit.Slices())
        {
            var at = offset;
            foreach (var box in slice.Boxes)
            {
                Full.narrow(0, at, box.Count()).copy_(whole[slice.Whole.Name].In(box).reshape(-1));
                at += box.Count();
            }
        }
    }

    /// <summary>After a micro-batch: its gradients are where those of all micro-batches add up.</summary>
    public abstract void AddLeafGradients();

    /// <summary>After the last micro-batch: <see cref="KeptStretch.Gradients"/> are then all ranks' sums.</summary>
    public abstract void ReduceGradients(CancellationToken cancellationToken);

    public abstract void ClearGradients();

    /// <summary>After an optimizer's step: what lasts here of others' stretches comes from those who keep them.</summary>
    public abstract void Refresh(CancellationToken cancellationToken);

    public virtual void Dispose()
    {
        foreach (var stretch in Stretches)
        {
            stretch.Weights.Dispose();
            stretch.Gradients.Dispose();
        }

        foreach (var view in _views.Values)
            view.Dispose();

        Full.Dispose();
        LeafGradients?.Dispose();
    }

    /// <param name="place">Stretch of what this rank keeps → where it begins in <paramref name="weights"/> and in <paramref name="gradients"/>.</param>
    protected IReadOnlyList<KeptStretch> Keep(Tensor weights, Tensor? gradients, Func<Kept, long> place)
    {
        using var guard = no_grad();
        using var nothing = empty([0]);
        return
        [
            .. Mine().Select(mine => new KeptStretch(
                weights.narrow(0, place(mine), mine.Length).DetachFromDisposeScope(),
                (gradients?.narrow(0, place(mine), mine.Length) ?? nothing.alias()).DetachFromDisposeScope(),
                mine.Segment.Decays, [.. mine.Segment.Pieces(mine.Segment.Mine.Start, mine.Length)])),
        ];
    }

    /// <summary>Brings all ranks' stretches together in <see cref="Full"/>.</summary>
    protected void Gather(RankGroups groups, CancellationToken cancellationToken) =>
        EachSegment(groups, Full, (group, part, segment) => group.AllGather(part, segment.Stretches, cancellationToken));

    /// <param name="gradients">[unit]; this rank's stretches become all ranks' sums.</param>
    protected void Reduce(RankGroups groups, Tensor gradients, CancellationToken cancellationToken) =>
        EachSegment(groups, gradients, (group, part, segment) => group.ReduceScatterSum(part, segment.Stretches, cancellationToken));

    /// <returns>What this rank keeps.</returns>
    protected IEnumerable<Kept> Mine()
    {
        var at = 0L;
        foreach (var segment in Unit.Segments)
        {
            var (start, length) = segment.Mine;
            yield return new Kept(segment, segment.Offset + start, length, at);
            at += length;
        }
    }

    private void EachSegment(RankGroups groups, Tensor flat, Action<ICommunicator, Tensor, ShardSegment> work)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var segment in Unit.Segments)
            if (groups[segment.Axis] is { Size: > 1 } group)
                work(group, flat.narrow(0, segment.Offset, segment.Count), segment);
    }

    /// <param name="Start">Where it lies in the unit.</param>
    /// <param name="At">Where it lies among all that the rank keeps of the unit.</param>
    protected readonly record struct Kept(ShardSegment Segment, long Start, long Length, long At);
}
