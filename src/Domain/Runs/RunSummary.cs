using System.Collections.Immutable;

namespace SeedOrleans.Domain.Runs;

/// <summary>A run at a glance.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-summary")]
public sealed record RunSummary
{
    [Id(0)] public required string RunId { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required RunStatus Status { get; init; }

    /// <summary>Optimizer steps done.</summary>
    [Id(3)] public required int Step { get; init; }

    [Id(4)] public required int TotalSteps { get; init; }

    /// <summary>Held-out pass@1 before the first optimizer step; null until it was measured.</summary>
    [Id(5)] public double? EvaluationBefore { get; init; }

    /// <summary>Held-out pass@1 at the latest evaluation; null until a second one was measured.</summary>
    [Id(6)] public double? EvaluationAfter { get; init; }

    [Id(7)] public required DateTimeOffset SubmittedAt { get; init; }

    [Id(8)] public required TimeSpan Elapsed { get; init; }

    /// <summary>Where metrics and the final policy are written, on the silo's machine.</summary>
    [Id(9)] public required string Folder { get; init; }

    /// <summary>Why the run failed; empty unless it did.</summary>
    [Id(10)] public string Error { get; init; } = "";

    /// <summary>Hash over all that decided the run up to its last committed step; two runs with the same one did the same. Empty before the first.</summary>
    [Id(11)] public string ChainHash { get; init; } = "";

    /// <summary>SHA-256 of the weights after the last committed step; empty before the first.</summary>
    [Id(12)] public string WeightsHash { get; init; } = "";

    /// <summary>Prompt groups that committed steps trained on, each once.</summary>
    [Id(13)] public long GroupsConsumed { get; init; }

    /// <summary>Prompt groups that were refused for a stated reason.</summary>
    [Id(14)] public long GroupsDropped { get; init; }

    /// <summary>Lives of the run's controller; 1 where nothing died.</summary>
    [Id(15)] public long Epoch { get; init; }

    /// <summary>Prompt groups that more than one committed step trained on. Never anything but 0.</summary>
    [Id(16)] public long GroupsDuplicated { get; init; }

    /// <summary>Prompt groups that committed steps passed by without training on them or dropping them for a reason. Never anything but 0.</summary>
    [Id(17)] public long GroupsLost { get; init; }

    /// <summary>Every loss of actors that the run has got over, oldest first.</summary>
    [Id(18)] public ImmutableArray<Recovery> Recoveries { get; init; } = [];

    /// <summary>The cluster's silos: the living ones, and dead ones that hosted the run in its newest life.</summary>
    [Id(19)] public ImmutableArray<SiloPresence> Silos { get; init; } = [];

    /// <summary>Time in steps and evaluations that counted / time since the run began to compute; null before the first.</summary>
    [Id(20)] public double? Goodput { get; init; }

    /// <summary>The run and step that this one was forked from, <c>RUN@STEP</c>; empty for others.</summary>
    [Id(21)] public string ForkedFrom { get; init; } = "";

    /// <summary>The newest signs that rewards are earned without getting better, oldest first, each with its step.</summary>
    [Id(22)] public ImmutableArray<string> Alerts { get; init; } = [];

    public bool IsFinished() => Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Stopped;
}
