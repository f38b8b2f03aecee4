using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Draws one token a row, by the row's own temperature, top-k, top-p and random number.</summary>
/// <remarks>
/// Inverse transform sampling: the token whose stretch of the cumulated probabilities holds the row's uniform number. The
/// log-prob is that of the tempered distribution before top-k and top-p, softmax(logits / temperature), which is what the
/// trainer computes for the policy ratio.
/// </remarks>
internal static class TokenSampler
{
    /// <param name="logits">[rows, vocabulary], float32.</param>
    /// <returns>Token ids and their log-probs, a number a row.</returns>
    public static (long[] Tokens, float[] LogProbs) Sample(Tensor logits, ReadOnlySpan<RowSampling> rows)
    {
        using var scope = NewDisposeScope();

        var scaled = AllAre(rows, row => row.Temperature is 1 or 0)
            ? logits
            : logits / Column(rows, row => row.Temperature == 0 ? 1 : (float)row.Temperature);
        var logProbs = scaled.log_softmax(-1);
        var uniforms = Column(rows, row => (float)row.Uniform);

        var tokens = AllAre(rows, row => row.IsUncut)
            ? Draw(logProbs.exp(), uniforms)
            : DrawFromCut(logProbs.exp(), rows, uniforms);

        return ([.. tokens.data<long>()], [.. logProbs.gather(1, tokens).data<float>()]);
    }

    /// <returns>[rows, 1], int64.</returns>
    private static Tensor Draw(Tensor probabilities, Tensor uniforms)
    {
        var cumulated = probabilities.cumsum(-1);
        var total = cumulated.narrow(1, cumulated.size(1) - 1, 1);

        // The first place whose cumulated probability exceeds the number; rounding may put the number at the very end.
        return searchsorted(cumulated, uniforms * total, right: true).clamp_max(cumulated.size(1) - 1);
    }

    private static Tensor DrawFromCut(Tensor probabilities, ReadOnlySpan<RowSampling> rows, Tensor uniforms)
    {
        var (sorted, tokens) = probabilities.sort(-1, descending: true);
        var before = sorted.cumsum(-1) - sorted;
        var ranks = arange(sorted.size(1)).unsqueeze(0);

        var kept = before.lt(Column(rows, row => (float)row.TopP))
            .logical_and(ranks.lt(Column(rows, row => row.Temperature == 0 ? 1 : row.TopK > 0 ? row.TopK : int.MaxValue)))
            .logical_or(ranks.eq(0));

        return tokens.gather(1, Draw(sorted * kept, uniforms).minimum(kept.sum(1, keepdim: true) - 1));
    }

    private static bool AllAre(ReadOnlySpan<RowSampling> rows, Func<RowSampling, bool> property)
    {
        foreach (var row in rows)
            if (!property(row))
                return false;

        return true;
    }

    /// <returns>[rows, 1], float32.</returns>
    private static Tensor Column(ReadOnlySpan<RowSampling> rows, Func<RowSampling, float> property)
    {
        var values = new float[rows.Length];
        for (var row = 0; row < values.Length; row++)
            values[row] = property(rows[row]);

        return tensor(values).unsqueeze(1);
    }
}

/// <summary>How one row is drawn.</summary>
/// <param name="Temperature">0 takes the most likely token.</param>
/// <param name="TopK">0 keeps all.</param>
/// <param name="Uniform">In [0, 1).</param>
internal readonly record struct RowSampling(double Temperature, double TopP, int TopK, double Uniform)
{
    public bool IsUncut => Temperature > 0 && TopP >= 1 && TopK == 0;
}
