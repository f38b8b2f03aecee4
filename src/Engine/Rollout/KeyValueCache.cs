using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Keys and values of the tokens so far: for each layer a fixed place for every slot, head and position.</summary>
/// <remarks>The last place of each slot is for padding to write to; nobody reads it.</remarks>
internal sealed class KeyValueCache : IDisposable
{
    /// <summary>Attention takes this many places at a time, so every slot has a multiple of it.</summary>
    public const int BlockTokens = 64;

    private readonly Tensor[] _keys; // [slots · heads · places, headDim]
    private readonly Tensor[] _values;
    private readonly int _places;

    public KeyValueCache(ModelConfig config, int slots, int capacity)
    {
        Heads = config.KeyValueHeads;
        GroupSize = config.AttentionHeads / config.KeyValueHeads;
        Capacity = capacity;
        _places = (BlocksOf(capacity) * BlockTokens) + 1;
        Type = config.Dtype;
        _keys = Layers();
        _values = Layers();

        Tensor[] Layers() =>
        [
            .. Enumerable.Range(0, config.Layers).Select(_ =>
                zeros([(long)slots * Heads * _places, config.HeadDim], Type)
                    .DetachFromDisposeScope()),
        ];
    }

    /// <summary>Of keys and values, as of the weights that make them.</summary>
    public ScalarType Type { get; }

    /// <summary>Key-value heads.</summary>
    public int Heads { get; }

    /// <summary>Query heads that share a key-value head.</summary>
    public int GroupSize { get; }

    /// <summary>Tokens that a slot can hold.</summary>
    public int Capacity { get; }

    /// <summary>The position that padding may write to.</summary>
    public int Scratch => _places - 1;

    /// <summary>Blocks that hold so many tokens.</summary>
    public static int BlocksOf(int tokens) => (tokens + BlockTokens - 1) / BlockTokens;

    /// <summary>Where a token's key and value of one head lie.</summary>
    public long Row(int slot, int head, int position) => ((((long)slot * Heads) + head) * _places) + position;

    /// <param name="rows">[tokens · heads], int64, from <see cref="Row"/>.</param>
    /// <param name="key">[tokens, heads, headDim].</param>
    public void Write(int layer, Tensor rows, Tensor key, Tensor value)
    {
        _keys[layer].index_copy_(0, rows, key.reshape(-1, key.size(2)));
        _values[layer].index_copy_(0, rows, value.reshape(-1, value.size(2)));
    }

    /// <returns>Keys and values of the first <paramref name="slots"/> slots, [slots · heads, length, headDim], not copied.</returns>
    public (Tensor Keys, Tensor Values) First(int layer, int slots, int length) =>
        (Grid(_keys[layer]).narrow(0, 0, (long)slots * Heads).narrow(1, 0, length),
            Grid(_values[layer]).narrow(0, 0, (long)slots * Heads).narrow(1, 0, length));

    /// <param name="slotHeads">[rows], int64: slot · heads + head.</param>
    /// <returns>Their keys and values, [rows, length, headDim], copied.</returns>
    public (Tensor Keys, Tensor Values) Gather(int layer, Tensor slotHeads, int length) =>
        (Grid(_keys[layer]).narrow(1, 0, length).index_select(0, slotHeads),
            Grid(_values[layer]).narrow(1, 0, length).index_select(0, slotHeads));

    /// <summary>Copies the first <paramref name="length"/> tokens of each slot of <paramref name="from"/> to its counterpart.</summary>
    /// <param name="to">None of <paramref name="from"/>.</param>
    public void Copy(IReadOnlyList<int> from, IReadOnlyList<int> to, int length)
    {
        using var scope = NewDisposeScope();
        var (sources, targets) = (SlotHeads(from), SlotHeads(to));
        foreach (var tensor in (Tensor[])[.. _keys, .. _values])
        {
            var grid = Grid(tensor).narrow(1, 0, length);
            grid.index_copy_(0, targets, grid.index_select(0, sources));
        }
    }

    /// <returns>[slots · heads], int64: slot · heads + head, as <see cref="Gather"/> takes it.</returns>
    public Tensor SlotHeads(IReadOnlyList<int> slots) =>
        tensor([.. slots.SelectMany(slot => Enumerable.Range(0, Heads).Select(head => ((long)slot * Heads) + head))]);

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _keys, .. _values])
            tensor.Dispose();
    }

    private Tensor Grid(Tensor tensor) => tensor.view(-1, _places, tensor.size(1));
}
