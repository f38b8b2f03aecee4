using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>The two ends of the network where tensor ranks share the vocabulary (Megatron-LM, arXiv:1909.08053, §3).</summary>
internal static class VocabularyParallel
{
    /// <param name="tokens">[tokens], int64; the same on every tensor rank.</param>
    /// <param name="table">[this rank's words, hidden].</param>
    /// <param name="words">By rank.</param>
    /// <param name="rows">Which rank goes on with which tokens.</param>
    /// <returns>[this rank's tokens, hidden].</returns>
    public static Tensor Embed(Tensor tokens, Tensor table, Stretches words, RowExchange tensor, Stretches rows, GradientTape tape)
    {
        if (tensor.Size == 1)
            return table.index_select(0, tokens);

        using var scope = NewDisposeScope();
        var (mine, isMine) = Local(tokens, words[tensor.Rank]);
        var partial = table.index_select(0, mine) * isMine.unsqueeze(1).to(table.dtype);
        return tensor.ReduceScatter(partial, rows, tape).MoveToOuterDisposeScope();
    }

    /// <summary>log softmax at the targets, and its entropy, without any rank's seeing all logits.</summary>
    /// <param name="logits">[tokens, this rank's words], float32.</param>
    /// <param name="targets">[tokens], int64; the same on every tensor rank.</param>
    /// <param name="words">By rank; none where all that a rank has is padding.</param>
    /// <returns>The same on every tensor rank; a gradient that all of them bring along counts once.</returns>
    public static TokenLogProbs LogProbs(Tensor logits, Tensor targets, Stretches words, RowExchange tensor, GradientTape tape)
    {
        using var scope = NewDisposeScope();
        if (tensor.Size == 1)
        {
            var chosen = logits.log_softmax(-1).gather(1, targets.unsqueeze(1)).squeeze(1);
            return new TokenLogProbs(chosen.MoveToOuterDisposeScope(), TokenEntropy.Compute(logits.detach()).MoveToOuterDisposeScope());
        }

        var (place, isMine) = Local(targets, words[tensor.Rank]);
        var normalized = tape.Cut(
            [logits, place, isMine],
            mine => Normalize(mine[0], mine[1], mine[2], tensor),
            crossing =>
            {
                // d log p(target) / d logit = [the logit is the target's] − p(logit).
                var (gradient, words, theirs) = (crossing.Gradients[0], crossing.Before[1], crossing.Before[2]);
                var slope = (crossing.Before[0] - crossing.After[1].detach().unsqueeze(1)).exp().mul_(gradient.neg().unsqueeze(1));
                return slope.size(1) == 0 ? [slope] : [slope.scatter_add_(1, words.unsqueeze(1), (gradient * theirs).unsqueeze(1))];
            },
            readsInputs: true);

        return new TokenLogProbs(normalized[0].MoveToOuterDisposeScope(), normalized[2].detach().MoveToOuterDisposeScope());
    }

    /// <returns>[tokens] each: log p of the target, the log of what logits are normalized by, the entropy.</returns>
    private static Tensor[] Normalize(Tensor logits, Tensor place, Tensor isMine, RowExchange tensor)
    {
        var tokens = logits.size(0);
        var isEmpty = logits.size(1) == 0;
        var largest = isEmpty ? full(tokens, float.NegativeInfinity) : logits.amax([1L]);
        var powers = (logits - largest.unsqueeze(1)).exp();
        var chosen = isEmpty ? zeros(tokens) : logits.gather(1, place.unsqueeze(1)).squeeze(1) * isMine;

        // [ranks, 4, tokens]: what each rank knows of its words.
        var all = tensor.Collect(stack([largest, powers.sum([1L]), (powers * logits).sum([1L]), chosen]));
        var maximum = all.select(1, 0).amax([0L]);
        var weights = (all.select(1, 0) - maximum).exp();
        var sum = (all.select(1, 1) * weights).sum([0L]);
        var normalizer = maximum + sum.log();
        var mean = (all.select(1, 2) * weights).sum([0L]) / sum;
        return [all.select(1, 3).sum([0L]) - normalizer, normalizer, normalizer - mean];
    }

    /// <returns>Each word's place among this rank's, some place where it is not one of them, and 1 or 0 for which it is.</returns>
    private static (Tensor Place, Tensor IsMine) Local(Tensor words, (long Start, long Length) mine)
    {
        var place = words - mine.Start;
        var isMine = place.ge(0).logical_and(place.lt(mine.Length));
        return (place.clamp(0, Math.Max(0, mine.Length - 1)), isMine.to(float32));
    }
}
