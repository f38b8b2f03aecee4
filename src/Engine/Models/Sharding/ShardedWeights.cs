using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>One rank's part of a model: what it computes with, what it keeps, and how the rest comes and goes.</summary>
public sealed class ShardedWeights : IDisposable
{
    private readonly UnitWeights[] _units; // outside the layers, then layer by layer
    private readonly PassingUnit[] _passing; // by layer; none where layers last
    private readonly LayerPlaces[] _places = []; // of passing layers: weights, and gradients where they are trained
    private readonly RankGroups _groups;
    private readonly ModelConfig _whole;

    /// <param name="initial">The whole model; this rank's part is copied.</param>
    /// <param name="passing">Brings layers' weights when they are needed, and takes their gradients; not owned. Null where they stay; on all ranks or on none.</param>
    public ShardedWeights(ModelWeights initial, RankGroups groups, bool trainable, CommunicationThread? passing = null)
    {
        using var guard = no_grad();
        (_groups, _whole) = (groups, initial.Config);
        Plan = ShardPlan.Of(initial.Config, groups.Mesh, groups.Rank);

        var tensor = groups[MeshAxis.Tensor];
        Config = initial.Config with
        {
            AttentionHeads = initial.Config.AttentionHeads / tensor.Size,
            KeyValueHeads = initial.Config.KeyValueHeads / tensor.Size,
        };
        RouterBias = initial.RouterBias.clone().DetachFromDisposeScope();

        // What stands outside the layers is needed at both ends of a pass, so it stays.
        var (dtype, largest) = (initial.Config.Dtype, Plan.Units.Skip(1).Max(unit => unit.Count));
        if (passing is not null)
            _places = [.. Enumerable.Range(0, trainable ? 2 : 1).Select(_ => new LayerPlaces(largest, dtype))];

        _units = [.. Plan.Units.Select(unit => passing is not null && unit.Layer is not null
            ? (UnitWeights)new PassingUnit(unit, _places[0], _places.ElementAtOrDefault(1), passing)
            : new LastingUnit(unit, groups, dtype, trainable))];
        _passing = [.. _units.OfType<PassingUnit>()];
        Layers = [.. Enumerable.Range(0, Config.Layers).Select(layer =>
            new LayerWeights(_units[1 + layer].Find, Config, RouterBias, layer, addsOutputBias: tensor.Rank == 0))];
        Head = new Projection(_units[0].Find("head") ?? Embedding);
        foreach (var unit in _units)
            unit.Set(initial);

        Rest();
    }

    public ShardPlan Plan { get; }

    /// <summary>Layers' weights come and go.</summary>
    public bool Reshards => _passing.Length > 0;

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

    /// <summary>Weights may have changed since the last pass.</summary>
    public void BeginPass() => Array.ForEach(_places, places => places.Forget());

    /// <summary>Brings a layer's weights, and begins to bring those of the layer that is computed with next.</summary>
    /// <remarks>They stay until the layer after the next comes.</remarks>
    /// <param name="next">None of the model's layers where this is the last.</param>
    public void Come(int layer, int next, CancellationToken cancellationToken)
    {
        _passing.ElementAtOrDefault(layer)?.Come(cancellationToken);
        _passing.ElementAtOrDefault(next)?.BeginToCome(cancellationToken);
    }

    /// <inheritdoc cref="PassingUnit.BeginGradients"/>
    public void BeginGradients(int layer) => _passing.ElementAtOrDefault(layer)?.BeginGradients();

    /// <inheritdoc cref="PassingUnit.EndGradients"/>
    public void EndGradients(int layer, CancellationToken cancellationToken) => _passing.ElementAtOrDefault(layer)?.EndGradients(cancellationToken);

    /// <summary>Gives back the memory that passes need beside what the rank keeps.</summary>
    public void Rest() => Array.ForEach(_places, places => places.Rest());

    /// <inheritdoc cref="UnitWeights.AddLeafGradients"/>
    public void AddLeafGradients() => Array.ForEach(_units, unit => unit.AddLeafGradients());

    /// <inheritdoc cref="UnitWeights.ReduceGradients"/>
    public void ReduceGradients(CancellationToken cancellationToken)
    {
        Rest();
        Array.ForEach(_units, unit => unit.ReduceGradients(cancellationToken));
    }

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

        foreach (var places in _places)
            places.Dispose();

        RouterBias.Dispose();
    }
}
