using static TorchSharp.torch;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>A micro-batch's share of the loss. Shares add up to the mini-batch's loss, statistics to its statistics.</summary>
/// <param name="Sum">Scalar, Σ weight·loss, with the graph behind it.</param>
/// <param name="Statistics">
/// Detached scalars, Σ weight·value, by metric name. They are means where the mini-batch's weights add up to 1, as a token
/// mean's and a sequence mean's do; with <see cref="Domain.Specs.LossAggregation.ConstantLength"/> divide by Σ weight.
/// </param>
public sealed record TokenLoss(Tensor Sum, IReadOnlyDictionary<string, Tensor> Statistics);
