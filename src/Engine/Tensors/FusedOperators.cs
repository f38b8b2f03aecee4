using static SeedOrleans.Engine.Tensors.AtenOperator;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>Operators of libtorch that do several steps at once and that TorchSharp does not wrap. All have gradients.</summary>
public static class FusedOperators
{
    private static readonly AtenOperator RmsNormOperator = new("rms_norm");
    private static readonly AtenOperator AttentionOperator = new("scaled_dot_product_attention");
    private static readonly AtenOperator GroupedOperator = new("_grouped_mm");
    private static readonly AtenOperator AdamWOperator = new("_fused_adamw_");

    /// <summary>x / sqrt(mean(x²) + ε) · gain over the last dimension (Zhang and Sennrich, arXiv:1910.07467).</summary>
    /// <param name="input">[…, size].</param>
    /// <param name="gain">[size]; null multiplies by nothing.</param>
    public static Tensor RmsNorm(Tensor input, Tensor? gain, double epsilon) =>
        RmsNormOperator.Call(Argument(input), Argument([input.size(-1)]), Optional(gain), Optional(epsilon));

    /// <summary>softmax(q·kᵀ / sqrt(headDim) + mask)·v; several query heads share one key-value head.</summary>
    /// <param name="query">[batch, heads, queries, headDim].</param>
    /// <param name="key">[batch, keyValueHeads, keys, headDim].</param>
    /// <param name="value">As <paramref name="key"/>.</param>
    /// <param name="causal">Query i sees keys 0 to i.</param>
    /// <returns>[batch, heads, queries, headDim].</returns>
    public static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal) =>
        AttentionOperator.Call(
            Argument(query), Argument(key), Argument(value), Optional(mask), Argument(0.0), Argument(causal),
            Optional((double?)null), Argument(query.size(1) != key.size(1)));

    /// <summary>Multiplies consecutive groups of rows, each by its own matrix.</summary>
    /// <param name="rows">[rows, inner].</param>
    /// <param name="matrices">[groups, inner, outer].</param>
    /// <param name="ends">[groups], int32: where each group ends.</param>
    /// <returns>[rows, outer].</returns>
    public static Tensor GroupedMatMul(Tensor rows, Tensor matrices, Tensor ends) =>
        AreAligned(rows, matrices)
            ? GroupedOperator.Call(
                Argument(rows), Argument(matrices), Optional(ends), Optional((Tensor?)null), Optional((double?)null))
            : OneByOne(rows, matrices, ends);

    /// <summary>libtorch's grouped product wants every row to start at a multiple of 16 bytes.</summary>
    private static bool AreAligned(Tensor rows, Tensor matrices) =>
        rows.size(1) * rows.element_size() % 16 == 0 && matrices.size(2) * matrices.element_size() % 16 == 0;

    private static Tensor OneByOne(Tensor rows, Tensor matrices, Tensor ends)
    {
        using var scope = NewDisposeScope();

        long[] bounds = [0, .. ends.to(int64).cpu().data<long>()];
        var products = Enumerable.Range(0, bounds.Length - 1)
            .Select(group => rows[(int)bounds[group]..(int)bounds[group + 1]].mm(matrices[group]));

        return cat([.. products]).MoveToOuterDisposeScope();
    }

    /// <summary>One step of AdamW (Loshchilov and Hutter, arXiv:1711.05101, Algorithm 2) on float32 tensors, in place.</summary>
    /// <param name="step">[], float32: this step's number, counted from 1.</param>
    public static void AdamWStep(
        Tensor[] weights, Tensor[] gradients, Tensor[] means, Tensor[] variances, Tensor step,
        double learningRate, double beta1, double beta2, double weightDecay, double epsilon) =>
        AdamWOperator.Run(
            Argument(weights), Argument(gradients), Argument(means), Argument(variances), Argument((Tensor[])[]),
            Argument([.. Enumerable.Repeat(step, weights.Length)]), Argument(learningRate), Argument(beta1), Argument(beta2), Argument(weightDecay),
            Argument(epsilon), Argument(false), Argument(false), Optional((Tensor?)null), Optional((Tensor?)null));
}
