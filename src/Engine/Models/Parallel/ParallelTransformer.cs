using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>The network of <see cref="Transformer"/> on the ranks of a mesh, from the same blocks, for training.</summary>
/// <remarks>
/// <para>
/// Between blocks each tensor rank has some of the tokens (sequence parallelism, Korthikanti et al., arXiv:2205.05198, §4.2.2); a block gathers
/// them, computes with its slice of the weights, and reduce-scatters what adds up to the block's output. Context ranks have parts of each
/// sequence and meet in attention alone. Experts are dealt to ranks that have different tokens, and these travel.
/// </para>
/// <para>With a mesh of one rank nothing moves, and nothing is added to the arithmetic.</para>
/// </remarks>
/// <param name="weights">Not owned.</param>
/// <param name="vocabulary">Tokens that the tokenizer knows: logits of the embedding's padding rows are cut off.</param>
/// <param name="offload">Where inputs of layers that are computed again wait; in memory if null.</param>
public sealed class ParallelTransformer(
    ShardedWeights weights, RankGroups groups, int? vocabulary = null, Recomputation recomputation = default, FileMemory? offload = null) : IDisposable
{
    private readonly RotaryEmbedding _rotary = new(weights.Config.HeadDim, weights.Config.RopeTheta);

    private readonly bool _isCut = GraphCuts.AreIn(weights.Config, groups.Mesh, recomputation, weights.Reshards);

    /// <summary>Logits that are there at once, on this rank.</summary>
    public long MostLogits { get; init; } = LogitPieces.MostLogits;

    /// <summary>A tape for <see cref="LogProbs(ParallelBatch, double, GradientTape, RouterTrace, CancellationToken)"/>.</summary>
    public GradientTape Record() => GradientTape.Recording(_isCut);

    /// <summary>What this rank's routers do with a batch.</summary>
    public RouterTrace Trace(ParallelBatch batch, bool withLoss, CancellationToken cancellationToken)
    {
        var (start, length) = RowsOf(batch)[groups[MeshAxis.Tensor].Rank];
        var sequences = new RowExchange(groups[MeshAxis.Sequence], cancellationToken);
        return new RouterTrace(batch.SequenceOf.narrow(0, start, length), batch.SequenceWeights, withLoss, sequences.Sum);
    }

    /// <returns>Of each response token that this context rank predicts, under softmax(logits / temperature); all its tensor ranks get the same.</returns>
    public TokenLogProbs LogProbs(ParallelBatch batch, double temperature, GradientTape tape, RouterTrace? trace, CancellationToken cancellationToken)
    {
        // The way back needs it too, so it is the caller's scope's.
        var pass = new Pass(batch, RowsOf(batch), groups, weights.Config, _rotary, cancellationToken);
        using var scope = NewDisposeScope();

        weights.BeginPass();
        var stream = VocabularyParallel.Embed(batch.Tokens, weights.Embedding, Words(weights.Config.VocabularySize), pass.Tensor, pass.Rows, tape);
        stream = tape.Share(stream)[0];
        for (var layer = 0; layer < weights.Config.Layers; layer++)
        {
            var block = Block(layer, pass, trace);
            var outputs = recomputation.Includes(layer) ? tape.Recompute(stream, block(true), offload) : block(false)(stream, tape);
            stream = outputs[0];
            if (outputs is [_, var loss])
                trace!.AddLoss(loss);
        }

        var hidden = pass.Tensor.Gather(Norm(stream, weights.Norm), pass.Rows, tape).index_select(0, batch.Predicting);
        if (!tape.IsRecording)
            weights.Rest();

        var result = Head(hidden, batch.Targets, temperature, pass.Tensor, tape);
        return new TokenLogProbs(result.LogProbs.MoveToOuterDisposeScope(), result.Entropy.MoveToOuterDisposeScope());
    }

    public void Dispose() => _rotary.Dispose();

    /// <returns>Whether it is computed again on the way back → stream and tape → stream, and the routers' loss where there is one.</returns>
    private Func<bool, Func<Tensor, GradientTape, Tensor[]>> Block(int layer, Pass pass, RouterTrace? trace) => isRecomputed => (stream, tape) =>
    {
        using var scope = NewDisposeScope();

        var isOnWayBack = isRecomputed && tape.IsRecording;
        weights.Come(layer, next: isOnWayBack ? layer - 1 : layer + 1, pass.CancellationToken);
        tape.OnWayBack(() => weights.EndGradients(layer, pass.CancellationToken));

        var outputs = Layer(layer, stream, pass, tape, trace);
        if (isOnWayBack)
        {
            // It goes on here and now.
            weights.BeginGradients(layer);
        }
        else
        {
            outputs = tape.Share(outputs);
            tape.OnWayBack(() =>
            {
                weights.Come(layer, next: layer - 1, pass.CancellationToken);
                weights.BeginGradients(layer);
            });
        }

        foreach (var output in outputs)
            output.MoveToOuterDisposeScope();

        return outputs;
    };

    private Tensor[] Layer(int layer, Tensor stream, Pass pass, GradientTape tape, RouterTrace? trace)
    {
        var tensors = weights.Layers[layer];
        var gathered = pass.Tensor.Gather(Norm(stream, tensors.AttentionNorm), pass.Rows, tape);
        var attended = pass.Block.Forward(layer, gathered, tensors, pass.Rotation, pass.AttentionOn(tape));
        stream = tape.Share(stream + pass.Tensor.ReduceScatter(attended, pass.Rows, tape))[0];

        var input = Norm(stream, tensors.MlpNorm);
        if (tensors.Experts is { } experts)
        {
            var (output, loss) = Sparse(layer, input, experts, pass, tape, trace);
            return loss is null ? [stream + output] : [stream + output, loss];
        }

        var gates = tensors.Mlp!.GateUp.Apply(pass.Tensor.Gather(input, pass.Rows, tape));
        var inner = Forgetful(layer, tape)?.Recompute(gates, (again, _) => [Finish(again)])[0] ?? Finish(gates);
        return [stream + pass.Tensor.ReduceScatter(inner, pass.Rows, tape)];

        Tensor Finish(Tensor gates) => tensors.Mlp.Down.Apply(SwiGlu.Activate(gates));
    }

    /// <returns>The tape, if the layer forgets its activations and is not computed again as a whole; else null.</returns>
    private GradientTape? Forgetful(int layer, GradientTape tape) => recomputation.IsSelective && !recomputation.Includes(layer) ? tape : null;

    private (Tensor Output, Tensor? Loss) Sparse(
        int layer, Tensor input, ExpertWeights experts, Pass pass, GradientTape tape, RouterTrace? trace)
    {
        input = tape.Share(input)[0];
        var routing = ExpertMlp.Route(input, weights.Config, experts);
        var loss = trace?.Record(layer, routing.Probabilities, routing.Chosen);
        var shared = loss is null ? tape.Share(routing.Share) : tape.Share(routing.Share, loss);
        var holders = pass.Expert.Size == 1 ? (IExperts)new LocalExperts(experts, Forgetful(layer, tape)) : new ExchangedExperts(experts, pass.Expert, tape, Forgetful(layer, tape));
        return (ExpertMlp.Combine(input, routing, shared[0], weights.Config, holders), shared.ElementAtOrDefault(1));
    }

    /// <summary>In pieces that are computed again on the way back, where all logits at once would be too many.</summary>
    /// <param name="hidden">[targets, hidden].</param>
    private TokenLogProbs Head(Tensor hidden, Tensor targets, double temperature, RowExchange tensor, GradientTape tape)
    {
        var pieces = LogitPieces.Of(targets.size(0), MostWords, MostLogits);
        if (pieces.Ranks <= 1)
            return LogProbs(hidden, targets, temperature, tensor, tape);

        hidden = tape.Cut(hidden, rows => rows.alias(), gradient => gradient);
        List<Tensor> logProbs = [], entropies = [];
        foreach (var (start, length) in Enumerable.Range(0, pieces.Ranks).Select(piece => pieces[piece]))
            logProbs.AddRange(tape.Recompute(hidden.narrow(0, start, length), (rows, inner) =>
            {
                var piece = LogProbs(rows, targets.narrow(0, start, length), temperature, tensor, inner);
                if (!inner.IsRecording)
                    entropies.Add(piece.Entropy.MoveToOuterDisposeScope());

                return [piece.LogProbs];
            }));

        return new TokenLogProbs(cat(logProbs), cat(entropies));
    }

    private TokenLogProbs LogProbs(Tensor hidden, Tensor targets, double temperature, RowExchange tensor, GradientTape tape)
    {
        using var scope = NewDisposeScope();
        var (known, words) = Known();
        var logits = weights.Head.Apply(hidden);
        var wide = (known < logits.size(1) ? logits.narrow(1, 0, known) : logits).to(float32);
        var result = VocabularyParallel.LogProbs(temperature == 1 ? wide : wide / temperature, targets, words, tensor, tape);
        return new TokenLogProbs(result.LogProbs.MoveToOuterDisposeScope(), result.Entropy.MoveToOuterDisposeScope());
    }

    private Tensor Norm(Tensor input, Tensor gain) => FusedOperators.RmsNorm(input, gain, weights.Config.RmsNormEpsilon);

    /// <summary>Which tensor rank has which tokens between blocks.</summary>
    private Stretches RowsOf(ParallelBatch batch) => Stretches.Even(batch.Tokens.size(0), groups[MeshAxis.Tensor].Size);

    /// <summary>Of any tensor rank, since all of them must cut their logits alike.</summary>
    private long MostWords => (weights.Config.VocabularySize + groups[MeshAxis.Tensor].Size - 1) / groups[MeshAxis.Tensor].Size;

    private Stretches Words(int count) => Stretches.Even(count, groups[MeshAxis.Tensor].Size);

    /// <returns>This rank's words that the tokenizer knows, and every tensor rank's.</returns>
    private (long Mine, Stretches Words) Known()
    {
        var (all, known) = (Words(weights.Config.VocabularySize), Math.Min(vocabulary ?? int.MaxValue, weights.Config.VocabularySize));
        long[] lengths = [.. Enumerable.Range(0, all.Ranks).Select(rank => Math.Clamp(known - all[rank].Start, 0, all[rank].Length))];
        return (lengths[groups[MeshAxis.Tensor].Rank], Stretches.Of(lengths));
    }

    /// <summary>What stays the same through all layers of one pass.</summary>
    private sealed class Pass(
        ParallelBatch batch, Stretches rows, RankGroups groups, ModelConfig config, RotaryEmbedding rotary, CancellationToken cancellationToken)
    {
        private readonly RowExchange _context = new(groups[MeshAxis.Context], cancellationToken);
        private readonly PackedAttention? _whole = batch.Others is null ? new PackedAttention(batch.Grids) : null;

        private readonly ContextGrids? _shared =
            batch.Others is null ? null : new ContextGrids(batch.Grids, batch.Positions, batch.Others, config.Dtype);

        public CancellationToken CancellationToken => cancellationToken;

        public RowExchange Tensor { get; } = new(groups[MeshAxis.Tensor], cancellationToken);

        public RowExchange Expert { get; } = new(groups[MeshAxis.Expert], cancellationToken);

        public Stretches Rows => rows;

        public AttentionBlock Block { get; } = new(config, rotary);

        public (Tensor Cos, Tensor SignedSin) Rotation { get; } = rotary.At(batch.Positions, config.Dtype);

        public IAttention AttentionOn(GradientTape tape) => (IAttention?)_whole ?? new ContextAttention(_shared!, _context, tape);
    }
}
