using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Parallel;

/// <summary>What a policy says of given tokens.</summary>
/// <param name="LogProbs">[tokens], float32, with the graph behind it.</param>
/// <param name="Entropy">[tokens], float32, without: of the distribution that each token was drawn from, in nats.</param>
public sealed record TokenLogProbs(Tensor LogProbs, Tensor Entropy);
