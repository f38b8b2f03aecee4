using System.Diagnostics;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Everything that a rank's next update depends on, as parts of named tensors: weights, router biases, and the optimizer's memory.</summary>
/// <remarks>
/// A rank writes what it keeps, so that all ranks together write everything once, whatever their layout; and reads what it computes with.
/// Belongs to the rank's device thread. Views of the trainer's own tensors, which it does not own.
/// </remarks>
internal sealed class TrainerState : IDisposable
{
    /// <summary>Loaded at once; each reads several ranges at once where it is large.</summary>
    private const int PartsAtOnce = 2;

    private readonly List<Part> _kept = [];
    private readonly List<Part> _computedWith = [];
    private readonly CopyMemory _copies = new();
    private Task _copying = Task.CompletedTask;

    /// <param name="lossScale">Null where the loss is not scaled.</param>
    /// <param name="isFirst">Of the ranks, one writes what all of them have.</param>
    public TrainerState(ShardedWeights weights, AdamWOptimizer optimizer, LossScale? lossScale, bool isFirst)
    {
        foreach (var stretch in weights.Kept)
            _kept.AddRange(stretch.Pieces.Select(piece => Part.Of("policy", stretch.Weights, piece)));

        _computedWith.AddRange(weights.Lasting.Select(part => Part.Of("policy", part.Flat, part.Piece)));
        foreach (var (name, flat, stretch) in optimizer.State())
            Add(stretch.Pieces.Select(piece => Part.Of($"optimizer/{name}", flat, piece)), _kept, _computedWith);

        Part[] common = [Part.Of("policy/router_bias", weights.RouterBias), Part.Of("optimizer/step", optimizer.Steps), .. lossScale is null ? (Part[])[] : [Part.Of("optimizer/loss_scale", lossScale.State)]];
        Add(common, isFirst ? [_kept, _computedWith] : [_computedWith]);

        static void Add(IEnumerable<Part> parts, params List<Part>[] lists)
        {
            foreach (var part in parts)
                Array.ForEach(lists, list => list.Add(part));
        }
    }

    /// <summary>For copies, over its whole life.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Copies what this rank keeps.</summary>
    /// <remarks>Goes on beside whatever leaves the state as it is; whoever changes it calls <see cref="WaitForCopy"/> before.</remarks>
    public Task<CopiedPieces> CopyAsync()
    {
        WaitForCopy();
        var copying = Task.Run(Copy);
        _copying = copying;
        return copying;
    }

    /// <summary>Returns when no copy is under way. How it ended is for those who asked for it.</summary>
    public void WaitForCopy()
    {
        var start = Stopwatch.GetTimestamp();
        _copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        Waited += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Makes the memory that <see cref="CopyAsync"/> needs, so that the first copy is as quick as the next. Any thread's.</summary>
    public void Prepare() => _copies.Prepare(_kept.Sum(part => part.Box.Count() * part.Flat.element_size()));

    /// <summary>Sets everything from a checkpoint, reading into the tensors' own memory. Meanwhile nobody else may use them.</summary>
    /// <exception cref="CheckpointException">It lacks something, or is damaged; the state is then half old, half new.</exception>
    public async Task LoadAsync(CheckpointStore checkpoints, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        WaitForCopy();
        var parts = from part in _computedWith
                    from memory in TensorMemory.Of(part.Stretch())
                    from box in part.Boxes(memory.Start, memory.Count)
                    select (part.Name, box.Box, Bytes: memory.Slice(box.Offset, box.Box.Count()));

        await Parallel.ForEachAsync(
            parts.ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken },
            async (part, token) => await checkpoints.ReadTensorAsync(manifest, part.Name, part.Box, part.Bytes, token));
    }

    public void Dispose() => WaitForCopy();

    private CopiedPieces Copy()
    {
        using var guard = no_grad();
        var copy = _copies.Begin();
        foreach (var part in _kept)
            foreach (var (box, offset) in part.Boxes(CopyMemory.BlockBytes))
            {
                using var stretch = part.Flat.narrow(0, part.Offset + offset, box.Count());
                using var here = stretch.cpu();
                var room = copy.TakeWhole(box.Count() * part.Flat.element_size());
                here.bytes.CopyTo(room.Span);
                copy.Add(new TensorPiece(part.Name, part.Dtype, part.Shape, 0, room) { Part = box });
            }

        return copy;
    }

    /// <summary>A rectangle of a named tensor, and where it lies in a flat one.</summary>
    private sealed record Part(string Name, string Dtype, long[] Shape, Box Box, Tensor Flat, long Offset)
    {
        public static Part Of(string prefix, Tensor flat, ShardPiece piece) =>
            new($"{prefix}/{piece.Whole.Name}", SafetensorsDtype.Of(flat, piece.Whole.Name).Name, piece.Whole.Shape, piece.Box, flat, piece.Offset);

        /// <summary>A tensor that every rank has.</summary>
        public static Part Of(string name, Tensor whole) => new(
            name, SafetensorsDtype.Of(whole, name).Name, whole.shape, new Box(new long[whole.shape.Length], whole.shape), whole.view(-1).DetachFromDisposeScope(), 0);

        public Tensor Stretch() => Flat.narrow(0, Offset, Box.Count());

        /// <returns>Parts of the rectangle that fit, and where each begins in the stretch.</returns>
        public IEnumerable<(Box Box, long Offset)> Boxes(int mostBytes)
        {
            var at = 0L;
            foreach (var box in Box.Cut(mostBytes / Flat.element_size()))
            {
                yield return (box, at);
                at += box.Count();
            }
        }

        /// <returns>Parts of the rectangle that a stretch of its elements holds, and where each begins in the whole stretch.</returns>
        public IEnumerable<(Box Box, long Offset)> Boxes(long start, long count)
        {
            var at = start;
            foreach (var box in Box.Stretch(start, count))
            {
                yield return (box, at);
                at += box.Count();
            }
        }
    }
}
