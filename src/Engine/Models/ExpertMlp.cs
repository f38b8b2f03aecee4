using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>A sparse layer: each token goes through the few experts that its router scores highest (Shazeer et al., arXiv:1701.06538).</summary>
/// <remarks>
/// Scores are a softmax over all experts in float32, as Qwen3-MoE has it. The bias takes part in the choice alone, never in
/// the weights (Wang et al., auxiliary-loss-free balancing, arXiv:2408.15664).
/// </remarks>
internal static class ExpertMlp
{
    /// <param name="input">[tokens, hidden].</param>
    /// <returns>[tokens, hidden].</returns>
    public static Tensor Forward(Tensor input, ModelConfig config, ExpertWeights weights, int layer, RouterTrace? trace)
    {
        using var scope = NewDisposeScope();

        var probabilities = weights.Router.Apply(input).softmax(-1, float32);
        var (share, chosen) = Choose(probabilities, weights.RouterBias, config);
        trace?.Record(layer, probabilities, chosen);

        // Rows sorted by expert make each expert's work one stretch.
        var flat = chosen.view(-1);
        var order = flat.argsort(0);
        var token = order.div(config.ExpertsPerToken, RoundingMode.floor);
        var ends = flat.bincount(null, config.Experts).cumsum(0).to(int32);

        var rows = input.index_select(0, token);
        var outer = weights.Down.Apply(SwiGlu.Activate(weights.GateUp.Apply(rows, ends)), ends);

        var weighted = outer * share.view(-1).index_select(0, order).unsqueeze(1).to(outer.dtype);
        return zeros_like(input).index_add(0, token, weighted, One).MoveToOuterDisposeScope();
    }

    private static readonly Scalar One = 1;

    /// <returns>The chosen experts' weights, [tokens, k], and their numbers, [tokens, k] int64.</returns>
    private static (Tensor Share, Tensor Chosen) Choose(Tensor probabilities, Tensor bias, ModelConfig config)
    {
        var (_, chosen) = (probabilities.detach() + bias).topk(config.ExpertsPerToken, -1);
        var share = probabilities.gather(1, chosen);
        return (config.NormalizeTopK ? share / share.sum([-1L], keepdim: true) : share, chosen);
    }
}
