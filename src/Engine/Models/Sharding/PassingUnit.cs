using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>A layer of which a rank keeps its stretches only: the slices come before it computes, forward or backward, and gradients go after it (FSDP, arXiv:2304.11277, §4).</summary>
/// <remarks>They come and go beside the computing of its neighbours, whose places in memory are others.</remarks>
internal sealed class PassingUnit : UnitWeights
{
    private readonly int _layer;
    private readonly LayerPlace _place;
    private readonly LayerPlace? _gradientPlace;
    private readonly CommunicationThread _communication;
    private readonly Tensor _kept; // [kept], the weights' type
    private readonly Tensor? _gradients; // [kept], float32

    /// <param name="weights">Of the layers of one model.</param>
    /// <param name="gradients">Null where nobody trains.</param>
    public PassingUnit(ShardUnit unit, LayerPlaces weights, LayerPlaces? gradients, CommunicationThread communication)
        : base(unit, weights[unit.Layer!.Value].Memory.narrow(0, 0, unit.Count), gradients?[unit.Layer.Value].Memory.narrow(0, 0, unit.Count))
    {
        (_layer, _communication) = (unit.Layer.Value, communication);
        (_place, _gradientPlace) = (weights[_layer], gradients?[_layer]);
        _kept = zeros(unit.ShardCount, Full.dtype).DetachFromDisposeScope();
        _gradients = gradients is null ? null : zeros(unit.ShardCount).DetachFromDisposeScope();
        Stretches = Keep(_kept, _gradients, mine => mine.At);
    }

    public override IEnumerable<(Tensor Flat, ShardPiece Piece)> Lasting() =>
        Stretches.SelectMany(stretch => stretch.Pieces.Select(piece => (stretch.Weights, piece)));

    public override void Set(ModelWeights whole)
    {
        base.Set(whole);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (stretch, mine) in Stretches.Zip(Mine()))
            stretch.Weights.copy_(Full.narrow(0, mine.Start, mine.Length));
    }

    /// <summary>Begins to bring the slices, unless they are here or on their way. Who has the same place must need its own no more.</summary>
    public void BeginToCome(CancellationToken cancellationToken)
    {
        if (_place.Layer == _layer)
            return;

        _place.Layer = _layer;
        _place.Use();
        _place.Pending = _communication.Begin(groups =>
        {
            using var guard = no_grad();
            using var scope = NewDisposeScope();
            foreach (var (stretch, mine) in Stretches.Zip(Mine()))
                Full.narrow(0, mine.Start, mine.Length).copy_(stretch.Weights);

            Gather(groups, cancellationToken);
        });
    }

    /// <summary>Returns when the slices are here.</summary>
    public void Come(CancellationToken cancellationToken)
    {
        BeginToCome(cancellationToken);
        _place.Pending.Wait();
    }

    /// <summary>Before the layer's backward pass.</summary>
    public void BeginGradients()
    {
        using var guard = no_grad();
        _gradientPlace!.Pending.Wait();
        _gradientPlace.Use();
        LeafGradients!.zero_();
    }

    /// <summary>After the layer's backward pass: begins to reduce its gradients.</summary>
    public void EndGradients(CancellationToken cancellationToken) => _gradientPlace!.Pending = _communication.Begin(groups =>
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var all = LeafGradients!.to(float32);
        Reduce(groups, all, cancellationToken);
        foreach (var (stretch, mine) in Stretches.Zip(Mine()))
            stretch.Gradients.add_(all.narrow(0, mine.Start, mine.Length));
    });

    public override void AddLeafGradients() => _gradientPlace?.Pending.Wait();

    public override void ReduceGradients(CancellationToken cancellationToken)
    {
        // Each micro-batch's have been.
    }

    public override void ClearGradients()
    {
        _gradientPlace!.Pending.Wait();
        _gradients!.zero_();
    }

    public override void Refresh(CancellationToken cancellationToken)
    {
        // Nothing of others' lasts here.
    }

    public override void Dispose()
    {
        base.Dispose();
        _kept.Dispose();
        _gradients?.Dispose();
    }
}
