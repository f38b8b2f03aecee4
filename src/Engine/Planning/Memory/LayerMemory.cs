using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What the parts of a layer need of memory on one rank of a mesh, from what the operators of the CPU keep for their gradients.</summary>
/// <remarks>The letters are those of the transformer's literature: h hidden size, q and k numbers of all query and key heads, i inner size.</remarks>
internal sealed class LayerMemory
{
    private const long Wide = sizeof(float), Index = sizeof(long);

    private readonly ModelConfig _config;
    private readonly BatchShape _batch;
    private readonly bool _isCut, _isNarrow;
    private readonly int _tensors, _contexts, _experts;
    private readonly long _size; // bytes of a number
    private readonly long _h, _q, _k, _heads, _keyHeads;
    private readonly long _tokens; // that are fed, and that a block computes with
    private readonly long _rows; // of them, those that this tensor rank has between blocks

    /// <param name="isCut">The graph is cut where blocks begin and end.</param>
    public LayerMemory(ModelConfig config, RankMesh mesh, BatchShape batch, bool isCut)
    {
        (_config, _batch, _isCut, _isNarrow) = (config, batch, isCut, config.NumberBytes() < Wide);
        (_tensors, _contexts, _experts) = (mesh.SizeOf(MeshAxis.Tensor), mesh.SizeOf(MeshAxis.Context), mesh.SizeOf(MeshAxis.Expert));
        _size = config.NumberBytes();
        (_heads, _keyHeads, _h) = (config.AttentionHeads / _tensors, config.KeyValueHeads / _tensors, config.HiddenSize);
        (_q, _k) = (_heads * config.HeadDim, _keyHeads * config.HeadDim);
        (_tokens, _rows) = (batch.Tokens, (batch.Tokens + _tensors - 1) / _tensors);
    }

    /// <summary>The micro-batch itself: tokens, their places, angles and targets, and what context ranks see of each other.</summary>
    public long Batch =>
        (_tokens * ((4 * Index) + (2 * _config.HeadDim * _size))) + (_batch.Targets * ((2 * Index) + (8 * Wide)))
        + (_contexts == 1 ? 0 : (_batch.AllTokens * Index) + (_batch.Masked * _size));

    /// <summary>Between blocks.</summary>
    public long Stream => _rows * _h * _size;

    /// <summary>All tokens' hidden states.</summary>
    public long Gathered => _tokens * _h * _size;

    /// <param name="layer">Counted from 0.</param>
    /// <param name="expertLoad">Rows for this rank's experts by the mean of all ranks'.</param>
    /// <param name="isForgetful">What stands between gates and outputs is computed again.</param>
    public Passage Of(int layer, double expertLoad, bool isForgetful) =>
        Attention().Then(_config.IsSparse(layer) ? Sparse(expertLoad, isForgetful) : Dense(isForgetful));

    /// <summary>Norm of the rows, gathered where tensor ranks share them.</summary>
    public Passage Norm()
    {
        // The operator keeps its input, the normalized rows, and their scale; of narrow numbers a wide copy of the input.
        var normalized = _rows * _h * Wide;
        var input = _isNarrow ? _isCut ? Stream + normalized : normalized : Stream;
        var output = _tensors == 1 ? Stream : Gathered;
        var kept = input + normalized + output + (_rows * Wide);
        return new Passage(kept, kept + (_tensors == 1 ? 0 : Stream), kept + (3 * normalized));
    }

    private Passage Attention()
    {
        var norm = Norm();
        var (heads, all) = (_tokens * (_q + _k), _tokens * (_q + (2 * _k)));
        var normalized = _config.QkNorm ? (heads * Wide) + (_tokens * (_heads + _keyHeads) * Wide) + (_isNarrow ? heads * _size : 0) : 0;

        // What attention reads lies in the rotated heads and in the projection, or has come from all context ranks.
        var projected = all * _size;
        var keepsProjected = _contexts == 1 || (_config.QkNorm && !_isNarrow);
        var turned = heads * _size;
        var gathered = _contexts == 1 ? 0 : _batch.AllTokens * 2 * _k * _size;

        // Of several lengths each has a result of its own, and then they are put together.
        var mixed = _tokens * _q * _size;
        var results = _batch.Lengths > 1 ? 2 * mixed : mixed;
        var scales = _tokens * _heads * Wide;
        var kept = norm.Kept + (keepsProjected ? projected : 0) + normalized + turned + gathered + results + scales + (_tensors == 1 ? 0 : Stream);
        var passing = (3 * turned) + (keepsProjected ? 0 : projected) + Gathered + Stream;
        var matrix = (_q + (2 * _k)) * _h * _size;
        return new Passage(kept, kept + passing, kept + (2 * Stream) + Largest((3 * mixed) + (2 * projected), projected + Gathered + matrix - mixed));
    }

    private Passage Dense(bool isForgetful)
    {
        var norm = Norm();
        var inner = _tokens * (_config.IntermediateSize / _tensors) * _size;
        var matrix = (long)_config.HiddenSize * (_config.IntermediateSize / _tensors) * _size;
        var kept = norm.Kept + (isForgetful ? (2 * inner) + (_tensors == 1 ? Gathered : 0) : 4 * inner) + (_tensors == 1 ? 0 : Stream);

        // What was computed again lasts to the end of its way back.
        var again = isForgetful ? (3 * inner) + Gathered : 0;

        // Backward: through the product, then the activation, then the gates, whose inputs are no longer needed.
        var streams = (2 * Stream) + (_tensors == 1 ? 0 : Gathered);
        var way = Largest(inner + matrix, 3 * inner, Gathered + (2 * matrix) - (2 * inner));
        return new Passage(kept, kept + again + Gathered + Stream, kept + again + streams + way);
    }

    /// <param name="expertLoad">Rows for this rank's experts by the mean of all ranks'.</param>
    private Passage Sparse(double expertLoad, bool isForgetful)
    {
        // Experts take the rows as the norm leaves them; nothing is gathered.
        var normalized = _rows * _h * Wide;
        var norm = (_isNarrow ? normalized + (_isCut ? Stream : 0) : Stream) + normalized + Stream + (_rows * Wide);
        var chosen = _rows * _config.ExpertsPerToken;
        var here = _experts > 1 ? (long)(chosen * expertLoad) : chosen; // rows of all ranks for the experts of this one
        var scores = _rows * _config.Experts * Wide;
        var routing = scores + (chosen * (Index + Index + Index + (3 * Wide)));
        var moved = chosen * _h * _size;
        var (came, inner) = (here * _h * _size, here * _config.MoeIntermediateSize * _size);
        var matrix = (long)_config.Experts / _experts * _config.MoeIntermediateSize * _h * _size;
        var isMoved = _experts > 1;

        // Of the rows: what goes into the experts, what comes out, and what that is times its share; twice where they travelled.
        var kept = norm + routing + came + (2 * moved) + ((isForgetful ? 2 : 4) * inner) + (isMoved ? came : 0) + (isForgetful && isMoved ? came : 0);
        var again = isForgetful ? (3 * inner) + came : 0;
        var way = Largest((3 * moved) + scores, inner + came + matrix - moved, (3 * inner) + came - (2 * moved), came + (2 * matrix) - (2 * (inner + moved)));
        return new Passage(
            kept, kept + again + (3 * scores) + (2 * Stream) + (isMoved ? (2 * moved) + (2 * came) : 0),
            kept + again + (2 * Stream) + way + (isMoved ? came : 0));
    }

    private static long Largest(params ReadOnlySpan<long> bytes)
    {
        var largest = 0L;
        foreach (var each in bytes)
            largest = Math.Max(largest, each);

        return largest;
    }
}
