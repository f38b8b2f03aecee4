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
    public static Tensor Forward(Tensor input, ModelConfig config, ExpertWeights weights)
    {
        using var scope = NewDisposeScope();
        var routing = Route(input, config, weights);
        return Combine(input, routing, routing.Share, config, new LocalExperts(weights)).MoveToOuterDisposeScope();
    }

    /// <param name="Probabilities">[tokens, experts], float32.</param>
    /// <param name="Chosen">[tokens, k], int64.</param>
    /// <param name="Share">[tokens, k]: the chosen experts' weights.</param>
    internal readonly record struct Routing(Tensor Probabilities, Tensor Chosen, Tensor Share);

    internal static Routing Route(Tensor input, ModelConfig config, ExpertWeights weights)
    {
        var probabilities = weights.Router.Apply(input).softmax(-1, float32);
        var (_, chosen) = (probabilities.detach() + weights.RouterBias).topk(config.ExpertsPerToken, -1);
        var share = probabilities.gather(1, chosen);
        return new Routing(probabilities, chosen, config.NormalizeTopK ? share / share.sum([-1L], keepdim: true) : share);
    }

    /// <returns>[tokens, hidden]: the sum of what each token's experts make of it, each with its share.</returns>
    internal static Tensor Combine(Tensor input, Routing routing, Tensor share, ModelConfig config, IExperts experts)
    {
        using var scope = NewDisposeScope();

        // Rows sorted by expert make each expert's work one stretch.
        var flat = routing.Chosen.view(routing.Chosen.numel());
        var order = flat.argsort(0);
        var token = order.div(config.ExpertsPerToken, RoundingMode.floor);
        var outer = experts.Apply(input.index_select(0, token), flat.bincount(null, config.Experts));

        var weighted = outer * share.view(share.numel()).index_select(0, order).unsqueeze(1).to(outer.dtype);
        return zeros_like(input).index_add(0, token, weighted, One).MoveToOuterDisposeScope();
    }

    private static readonly Scalar One = 1;
}
