using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>One rank's part of a model: what it computes with, what it keeps, and how the rest comes and goes.</summary>
public sealed class ShardedWeights : IDisposable
{
    private readonly UnitWeights[] _units; // outside the layers, then layer by layer
    private readonly RankGroups _groups;
    private readonly ModelConfig _whole;

    /// <param name="initial">The whole model; this rank's part is copied.</param>
    /// <param name="reshards">Layers' weights come when they are needed and go afterwards; else they stay. The same on every rank.</param>
    public ShardedWeights(ModelWeights initial, RankGroups groups, bool trainable, bool reshards = false)
    {
        using var guard = no_grad();
        (_groups, _whole, Reshards) = (groups, initial.Config, reshards);
        Plan = ShardPlan.Of(initial.Config, groups.Mesh, groups.Rank);

        var tensor = groups[MeshAxis.Tensor];
        Config = initial.Config with
        {
            AttentionHeads = initial.Config.AttentionHeads / tensor.Size,
            KeyValueHeads = initial.Config.KeyValueHeads / tensor.Size,
        };
        RouterBias = initial.RouterBias.clone().DetachFromDisposeScope();

        // What stands outside the layers is needed at both ends of a pass, so it stays.
        _units = [.. Plan.Units.Select(unit => new UnitWeights(unit, groups, initial.Config.Dtype, trainable, reshards && unit.Layer is not null))];
        Layers = [.. Enumerable.Range(0, Config.Layers).Select(layer =>
            new LayerWeights(_units[1 + layer].Find, Config, RouterBias, layer, addsOutputBias: tensor.Rank == 0))];
        Head = new Projection(_units[0].Find("head") ?? Embedding);
        foreach (var unit in _units)
            unit.Set(initial);
    }

    public ShardPlan Plan { get; }

    /// <summary>Layers' weights come and go.</summary>
    public bool Reshards { get; }

    /// <summary>The model's; heads are those of this rank.</summary>
    public ModelConfig Config { get; }

    /// <summary>[layers, experts], float32; the same on every rank.</summary>
    public Tensor RouterBias { get; }

    /// <summary>[this rank's rows of the vocabulary, hidden].</summary>
    public Tensor Embedding => _units[0].Find("embedding")!;

    /// <summary>[hidden].</summary>
    public Tensor Norm => _units[0].Find("norm")!;

    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>hidden → this rank's rows of the vocabulary.</summary>
    public Projection Head { get; }

    /// <summary>Every rank has the whole model at hand.</summary>
    public bool IsWhole => !Reshards && _groups[MeshAxis.Tensor].Size == 1 && _groups[MeshAxis.Expert].Size == 1;

    /// <summary>What this rank keeps, in the order of <see cref="ShardPlan.Pieces"/>.</summary>
    public IEnumerable<KeptStretch> Kept => _units.SelectMany(unit => unit.Stretches);

    /// <inheritdoc cref="UnitWeights.Lasting"/>
    public IEnumerable<(Tensor Flat, ShardPiece Piece)> Lasting => _units.SelectMany(unit => unit.Lasting());

    /// <summary>Brings a layer's weights; whoever calls it calls <see cref="Leave"/> when it needs them no more.</summary>
    public void Come(int layer, CancellationToken cancellationToken) => _units[1 + layer].Come(cancellationToken);

    public void Leave(int layer) => _units[1 + layer].Leave();

    /// <inheritdoc cref="UnitWeights.BeginGradients"/>
    public void BeginGradients(int layer) => _units[1 + layer].BeginGradients();

    /// <inheritdoc cref="UnitWeights.EndGradients"/>
    public void EndGradients(int layer, CancellationToken cancellationToken) => _units[1 + layer].EndGradients(cancellationToken);

    /// <inheritdoc cref="UnitWeights.AddLeafGradients"/>
    public void AddLeafGradients() => Array.ForEach(_units, unit => unit.AddLeafGradients());

    /// <inheritdoc cref="UnitWeights.ReduceGradients"/>
    public void ReduceGradients(CancellationToken cancellationToken) => Array.ForEach(_units, unit => unit.ReduceGradients(cancellationToken));

    public void ClearGradients() => Array.ForEach(_units, unit => unit.ClearGradients());

    /// <inheritdoc cref="UnitWeights.Refresh"/>
    public void Refresh(CancellationToken cancellationToken) => Array.ForEach(_units, unit => unit.Refresh(cancellationToken));

    /// <returns>What this rank computes with of a tensor, by name; null where the model has none of that name.</returns>
    public Tensor? Find(string name) => _units.Select(unit => unit.Find(name)).FirstOrDefault(view => view is not null);

    /// <summary>Brings the whole model together on rank 0 of the mesh. All ranks take part.</summary>
    /// <returns>Null on all other ranks.</returns>
    public ModelWeights? Collect(CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var layout = WeightLayout.Of(_whole);
        if (IsWhole && _groups.Rank == 0)
            return NewWhole(whole =>
            {
                foreach (var slot in layout.Slots)
                    whole[slot.Name].copy_(Find(slot.Name)!);
            });

        if (IsWhole)
            return null;

        var mine = cat([.. Kept.Select(stretch => stretch.Weights)]);
        var world = _groups.World;
        if (world.Rank > 0)
        {
            world.Send(mine, 0, cancellationToken);
            return null;
        }

        return NewWhole(whole =>
        {
            for (var rank = 0; rank < world.Size; rank++)
            {
                using var each = NewDisposeScope();
                var plan = rank == 0 ? Plan : ShardPlan.Of(_whole, _groups.Mesh, rank);
                var shard = rank == 0 ? mine : empty([plan.ShardCount], Config.Dtype);
                if (rank > 0)
                    world.Receive(shard, rank, cancellationToken);

                foreach (var piece in plan.Pieces())
                    whole[piece.Whole.Name].In(piece.Box).copy_(shard.narrow(0, piece.Offset, piece.Box.Count()).view(piece.Box.Lengths));
            }
        });

        ModelWeights NewWhole(Action<ModelWeights> fill)
        {
            var whole = new ModelWeights(_whole, layout, empty([layout.Count], Config.Dtype));
            whole.RouterBias.copy_(RouterBias);
            fill(whole);
            return whole;
        }
    }

    public void Dispose()
    {
        Head.Dispose();
        foreach (var layer in Layers)
            layer.Dispose();

        foreach (var unit in _units)
            unit.Dispose();

        RouterBias.Dispose();
    }
}
