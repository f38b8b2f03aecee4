using System.Collections.Immutable;

namespace SeedOrleans.Domain.Runs;

/// <summary>Something that a run tells those who watch it. Events are numbered from 1 without gaps.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-event")]
public sealed record RunEvent
{
    [Id(0)] public required long Number { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required RunEventKind Kind { get; init; }

    /// <summary>Optimizer step, or cold-start step for <see cref="RunEventKind.ColdStartStep"/>.</summary>
    [Id(3)] public int Step { get; init; }

    /// <summary>Metrics by verl's names.</summary>
    [Id(4)] public ImmutableDictionary<string, double> Metrics { get; init; } = [];

    [Id(5)] public ImmutableArray<AnswerSample> Samples { get; init; } = [];

    /// <summary>A sentence for <see cref="RunEventKind.Message"/> and <see cref="RunEventKind.Finished"/>.</summary>
    [Id(6)] public string Message { get; init; } = "";

    /// <summary>For <see cref="RunEventKind.Recovered"/>.</summary>
    [Id(7)] public Recovery? Recovery { get; init; }

    /// <summary>Signs, since this step, that rewards are earned without getting better; a sentence each.</summary>
    [Id(8)] public ImmutableArray<string> Alerts { get; init; } = [];
}

public enum RunEventKind
{
    Message,
    ColdStartStep,
    TrainingStep,
    Evaluation,
    Finished,

    /// <summary>The run has got over a loss of actors: the first step since is committed.</summary>
    Recovered,

    /// <summary>The run went back to <see cref="RunEvent.Step"/>: what was told of later steps no longer counts.</summary>
    Rewound,
}
