using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>One unit's weights on one rank: what it computes with, their gradients, and what it keeps of both.</summary>
/// <remarks>
/// A lasting unit holds all its slices from step to step; gradients of several micro-batches add up here and are reduced once. A resharding
/// unit keeps its stretches only: the slices come when a block begins, forward or backward, and go when it ends (FSDP, arXiv:2304.11277, §4).
/// </remarks>
internal sealed class UnitWeights : IDisposable
{
    private readonly ShardUnit _unit;
    private readonly RankGroups _groups;
    private readonly bool _reshards;
    private readonly Tensor _full; // [unit], the weights' type
    private readonly Tensor _leafGradients; // [unit], the weights' type: what backward adds to
    private readonly Tensor _gradients; // float32, [unit] in a lasting unit, [kept] in a resharding one
    private readonly Tensor _kept; // [kept], the weights' type; a resharding unit's only
    private readonly Dictionary<string, Tensor> _views = [];
    private readonly List<KeptStretch> _stretches = [];
    private int _users;

    public UnitWeights(ShardUnit unit, RankGroups groups, ScalarType type, bool trainable, bool reshards)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        (_unit, _groups, _reshards) = (unit, groups, reshards);

        // Writing to the memory must not look like changing the tensors that graphs have saved: they are others, over the same memory.
        _full = zeros(unit.Count, type).DetachFromDisposeScope();
        _kept = (reshards ? zeros(unit.ShardCount, type) : empty([0], type)).DetachFromDisposeScope();
        _leafGradients = (trainable ? zeros(unit.Count, type) : empty([0], type)).DetachFromDisposeScope();
        _gradients = !trainable ? _leafGradients
            : reshards ? zeros(unit.ShardCount).DetachFromDisposeScope()
            : type == ScalarType.Float32 ? _leafGradients
            : zeros(unit.Count).DetachFromDisposeScope();

        var leaves = TensorPages.Another(_full);
        foreach (var (slice, offset) in unit.Slices())
        {
            var view = leaves.narrow(0, offset, slice.Count).view(slice.Shape).detach();
            _views[slice.Whole.Name] = view.DetachFromDisposeScope();
            if (trainable)
                view.requires_grad_(true).grad = _leafGradients.narrow(0, offset, slice.Count).view(slice.Shape);
        }

        foreach (var (segment, start, length, at) in Mine())
            _stretches.Add(new KeptStretch(
                (reshards ? _kept.narrow(0, at, length) : _full.narrow(0, start, length)).DetachFromDisposeScope(),
                (trainable ? _gradients.narrow(0, reshards ? at : start, length) : _gradients.narrow(0, 0, 0)).DetachFromDisposeScope(),
                segment.Decays, [.. segment.Pieces(segment.Mine.Start, length)]));
    }

    public IReadOnlyList<KeptStretch> Stretches => _stretches;

    /// <summary>All memory of weights that lasts, and what it holds of whole tensors.</summary>
    public IEnumerable<(Tensor Flat, ShardPiece Piece)> Lasting() => _reshards
        ? _stretches.SelectMany(stretch => stretch.Pieces.Select(piece => (stretch.Weights, piece)))
        : _unit.Segments.SelectMany(segment => segment.Pieces(0, segment.Count)
            .Select(piece => (_full, piece with { Offset = segment.Offset + piece.Offset })));

    public Tensor? Find(string name) => _views.GetValueOrDefault(name);

    /// <summary>Takes this rank's part of a whole model.</summary>
    public void Set(ModelWeights whole)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (slice, offset) in _unit.Slices())
        {
            var at = offset;
            foreach (var box in slice.Boxes)
            {
                _full.narrow(0, at, box.Count()).copy_(whole[slice.Whole.Name].In(box).reshape(-1));
                at += box.Count();
            }
        }

        if (!_reshards)
            return;

        foreach (var (stretch, (_, start, length, _)) in _stretches.Zip(Mine()))
            stretch.Weights.copy_(_full.narrow(0, start, length));

        TensorPages.Free(_full);
        TensorPages.Free(_leafGradients);
    }

    /// <summary>Brings the slices here; whoever calls it calls <see cref="Leave"/> when it needs them no more.</summary>
    public void Come(CancellationToken cancellationToken)
    {
        if (!_reshards || _users++ > 0)
            return;

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        TensorPages.Take(_full);
        foreach (var (stretch, (_, start, length, _)) in _stretches.Zip(Mine()))
            _full.narrow(0, start, length).copy_(stretch.Weights);

        Gather(cancellationToken);
    }

    /// <inheritdoc cref="Come"/>
    public void Leave()
    {
        if (_reshards && --_users == 0)
            TensorPages.Free(_full);
    }

    /// <summary>Before a block's backward pass.</summary>
    public void BeginGradients()
    {
        if (!_reshards)
            return;

        using var guard = no_grad();
        TensorPages.Take(_leafGradients);
        _leafGradients.zero_();
    }

    /// <summary>After a block's backward pass: a resharding unit's gradients are reduced and go.</summary>
    public void EndGradients(CancellationToken cancellationToken)
    {
        if (!_reshards)
            return;

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var all = _leafGradients.to(float32);
        Reduce(all, cancellationToken);
        foreach (var (stretch, (_, start, length, _)) in _stretches.Zip(Mine()))
            stretch.Gradients.add_(all.narrow(0, start, length));

        TensorPages.Free(_leafGradients);
    }

    /// <summary>After a micro-batch, where the weights' type is too coarse to add micro-batches up in.</summary>
    public void AddLeafGradients()
    {
        if (_reshards || ReferenceEquals(_gradients, _leafGradients))
            return;

        using var guard = no_grad();
        _gradients.add_(_leafGradients);
        _leafGradients.zero_();
    }

    /// <summary>After the last micro-batch: <see cref="KeptStretch.Gradients"/> are then all ranks' sums.</summary>
    public void ReduceGradients(CancellationToken cancellationToken)
    {
        if (!_reshards)
            Reduce(_gradients, cancellationToken);
    }

    public void ClearGradients() => _gradients.zero_();

    /// <summary>After an optimizer's step: a lasting unit's other stretches come from those who keep them.</summary>
    public void Refresh(CancellationToken cancellationToken)
    {
        if (!_reshards)
            Gather(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var stretch in _stretches)
        {
            stretch.Weights.Dispose();
            stretch.Gradients.Dispose();
        }

        foreach (var view in _views.Values)
            view.Dispose();

        _full.Dispose();
        _kept.Dispose();
        _gradients.Dispose();
        _leafGradients.Dispose();
    }

    private void Gather(CancellationToken cancellationToken) =>
        EachSegment(_full, (group, part, segment) => group.AllGather(part, segment.Stretches, cancellationToken));

    private void Reduce(Tensor gradients, CancellationToken cancellationToken) =>
        EachSegment(gradients, (group, part, segment) => group.ReduceScatterSum(part, segment.Stretches, cancellationToken));

    private void EachSegment(Tensor flat, Action<ICommunicator, Tensor, ShardSegment> work)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var segment in _unit.Segments)
            if (_groups[segment.Axis] is { Size: > 1 } group)
                work(group, flat.narrow(0, segment.Offset, segment.Count), segment);
    }

    /// <returns>What this rank keeps: where it lies in the unit, and where among all that it keeps of it.</returns>
    private IEnumerable<(ShardSegment Segment, long Start, long Length, long At)> Mine()
    {
        var at = 0L;
        foreach (var segment in _unit.Segments)
        {
            var (start, length) = segment.Mine;
            yield return (segment, segment.Offset + start, length, at);
            at += length;
        }
    }
}
