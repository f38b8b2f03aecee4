using System.Collections.Immutable;

namespace SeedOrleans.Client.Commands;

/// <summary>The task generators, in words. The one place where the console knows their names.</summary>
internal sealed class KnownTasks : ITaskDirectory
{
    public ImmutableArray<TaskDescription> Tasks { get; } =
    [
        new("addition", "sums with worked steps", "digits"),
        new("multiplication", "products with worked steps", "digits"),
        new("modular", "remainders", "size of the numbers"),
        new("linear-equation", "equations in one unknown", "size of the coefficients"),
        new("countdown", "reach a number with given numbers", "how many numbers are given"),
        new("sequence", "sort, reverse or count", "length of the sequence"),
    ];
}
