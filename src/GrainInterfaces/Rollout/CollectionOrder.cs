using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>What a step, or an evaluation, wants from the pool.</summary>
[GenerateSerializer, Immutable, Alias("seed.collection-order")]
public sealed record CollectionOrder
{
    /// <summary>Says what is collected, not who asks: a step or an evaluation has the same number in every incarnation. Not 0.</summary>
    [Id(0)] public required long CollectionId { get; init; }

    [Id(1)] public required PromptSplit Split { get; init; }

    /// <summary>Place in the split's endless order of prompts where this collection begins.</summary>
    [Id(2)] public required long Cursor { get; init; }

    /// <summary>Groups to gather.</summary>
    [Id(3)] public required int Groups { get; init; }

    [Id(4)] public required int GroupSize { get; init; }

    /// <summary>Gather only groups with 0 &lt; correct &lt; group size; go on until there are enough.</summary>
    [Id(5)] public required bool OnlyInformative { get; init; }

    /// <summary>Give up after this many groups.</summary>
    [Id(6)] public required int MostGroups { get; init; }

    /// <summary>Share of groups expected to be informative: how many to start at once. Changes speed, never the result.</summary>
    [Id(7)] public double ExpectedYield { get; init; } = 1;

    [Id(8)] public required PolicyVersion Policy { get; init; }

    [Id(9)] public required SamplingParameters Sampling { get; init; }

    /// <summary>Seeds the responses' random numbers.</summary>
    [Id(10)] public required ulong Seed { get; init; }

    /// <summary>Of the controller's incarnation that orders.</summary>
    [Id(11)] public long Epoch { get; init; }

    /// <summary>Where in the log of judged responses this collection's may begin; the pool looks there for what it has forgotten.</summary>
    [Id(12)] public long LogStart { get; init; }

    /// <summary>Of the mixture where this collection begins; null where the split's prompts come in one order.</summary>
    [Id(13)] public MixtureState? Mixture { get; init; }

    /// <summary>Responses that a reward model judges are compared with each other, group by group.</summary>
    [Id(14)] public bool HoldsTournaments { get; init; }
}

public enum PromptSplit
{
    Training,
    Evaluation,
}
