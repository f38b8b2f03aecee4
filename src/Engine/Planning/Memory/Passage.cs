namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What a part of the network needs of memory when a batch passes through it, forward and backward, in bytes.</summary>
/// <param name="Kept">What it leaves behind for the backward pass.</param>
/// <param name="Forward">The most there is during its forward pass, with what it keeps.</param>
/// <param name="Backward">The most there is during its backward pass, with what it kept.</param>
internal readonly record struct Passage(long Kept, long Forward, long Backward)
{
    /// <summary>The most at any time.</summary>
    public long Peak => Math.Max(Forward, Backward);

    /// <summary>One part after another: what the first keeps is there while the second computes.</summary>
    public Passage Then(Passage next) =>
        new(Kept + next.Kept, Math.Max(Forward, Kept + next.Forward), Math.Max(Backward, Kept + next.Backward));

    /// <summary>A part that keeps its input only, and computes again what it needs.</summary>
    /// <param name="input">Bytes that it keeps.</param>
    public Passage Again(long input) => new(input, input + Forward, input + Peak);
}
