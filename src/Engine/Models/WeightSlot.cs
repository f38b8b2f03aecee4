namespace SeedOrleans.Engine.Models;

/// <summary>One tensor's place in a model's flat weights.</summary>
/// <param name="Name">For example <c>layers.0.attention.qkv</c>.</param>
/// <param name="Offset">Where it starts, in numbers.</param>
/// <param name="InitialDeviation">Standard deviation of random initial weights; null starts at <paramref name="InitialValue"/>.</param>
public sealed record WeightSlot(
    string Name, long[] Shape, long Offset, double? InitialDeviation, double InitialValue, IReadOnlyList<HuggingFacePart> Parts)
{
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>How parallel ranks cut it.</summary>
    public Slicing Slicing { get; init; }

    /// <summary>Matrices decay; norms and biases do not.</summary>
    public bool IsMatrix => Shape.Length >= 2;
}

/// <summary>A stretch of a slot that a Hugging Face checkpoint keeps as a tensor of its own.</summary>
/// <param name="Start">Where the stretch starts within the slot, in numbers.</param>
public sealed record HuggingFacePart(string Name, long Start, long[] Shape)
{
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => product * size);
}
