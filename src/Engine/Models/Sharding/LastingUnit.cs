using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>A unit whose slices stay from step to step; gradients of several micro-batches add up here and are reduced once.</summary>
internal sealed class LastingUnit : UnitWeights
{
    private readonly RankGroups _groups;
    private readonly Tensor? _gradients; // [unit], float32: what backward adds to where that is wide enough

    public LastingUnit(ShardUnit unit, RankGroups groups, ScalarType type, bool trainable)
        : base(unit, zeros(unit.Count, type), trainable ? zeros(unit.Count, type) : null)
    {
        _groups = groups;
        _gradients = !trainable || type == ScalarType.Float32 ? LeafGradients : zeros(unit.Count).DetachFromDisposeScope();
        Stretches = Keep(Full, _gradients, mine => mine.Start);
    }

    public override IEnumerable<(Tensor Flat, ShardPiece Piece)> Lasting() => Unit.Segments.SelectMany(segment =>
        segment.Pieces(0, segment.Count).Select(piece => (Full, piece with { Offset = segment.Offset + piece.Offset })));

    public override void AddLeafGradients()
    {
        // Where the weights' type is too coarse to add micro-batches up in.
        if (_gradients is null || ReferenceEquals(_gradients, LeafGradients))
            return;

        using var guard = no_grad();
        _gradients.add_(LeafGradients!);
        LeafGradients!.zero_();
    }

    public override void ReduceGradients(CancellationToken cancellationToken) => Reduce(_groups, _gradients!, cancellationToken);

    public override void ClearGradients() => _gradients!.zero_();

    public override void Refresh(CancellationToken cancellationToken) => Gather(_groups, cancellationToken);

    public override void Dispose()
    {
        base.Dispose();
        _gradients?.Dispose();
    }
}
