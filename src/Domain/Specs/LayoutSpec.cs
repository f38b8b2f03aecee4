namespace SeedOrleans.Domain.Specs;

/// <summary>
/// Logical ranks: data × context × tensor. They are part of a run's arithmetic; where they are placed is not. <c>layout: auto</c> chooses them, with
/// <c>memory</c> and <c>training.micro_batch_tokens</c>, for the devices that there are.
/// </summary>
[GenerateSerializer, Immutable, Alias("seed.layout-spec")]
public sealed record LayoutSpec
{
    /// <summary>Ranks that each see a part of every mini-batch.</summary>
    [Id(0)] public int Data { get; init; } = 2;

    /// <summary>Ranks that share each sequence, for long ones.</summary>
    [Id(1)] public int Context { get; init; } = 1;

    /// <summary>Ranks that share each layer's matrices; a divisor of the model's attention and key-value heads.</summary>
    [Id(2)] public int Tensor { get; init; } = 1;

    /// <summary>Of all ranks, how many share a layer's experts; a divisor of ranks and experts.</summary>
    [Id(3)] public int Expert { get; init; } = 1;

    /// <summary>Chosen when the run is submitted, and again when it is resumed with another number of devices.</summary>
    [Id(4), SpecWord("auto")] public bool Auto { get; init; }

    /// <returns>Ranks in all.</returns>
    public int RankCount() => Data * Context * Tensor;

    public override string ToString() => $"data {Data}, context {Context}, tensor {Tensor}, expert {Expert}";
}
