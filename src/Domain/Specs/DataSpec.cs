using System.Collections.Immutable;

namespace SeedOrleans.Domain.Specs;

/// <summary>What the policy practises on, and what it is measured on.</summary>
[GenerateSerializer, Immutable, Alias("seed.data-spec")]
public sealed record DataSpec
{
    [Id(0)] public required ImmutableArray<DataSource> Train { get; init; }

    /// <summary>Held out: never trained on. Generated tasks draw from seeds disjoint from training's.</summary>
    [Id(1)] public ImmutableArray<DataSource> Evaluation { get; init; } = [];

    /// <summary>Prompts longer than this are refused.</summary>
    [Id(2)] public int MaxPromptTokens { get; init; } = 64;

    /// <summary>How a question becomes a prompt.</summary>
    [Id(3)] public PromptTemplate Template { get; init; } = PromptTemplate.Plain;

    /// <summary>Put a task's rules in words and a worked example before each of its questions, for models that can read; needs the chatml template.</summary>
    [Id(4)] public bool Instructions { get; init; }

    [Id(5)] public MixtureSpec Mixture { get; init; } = new();

    [Id(6)] public LadderSpec Ladder { get; init; } = new();

    /// <summary>Whether training prompts are drawn source by source, and not in one order over all sources.</summary>
    public bool IsMixed() => Mixture.Adapt || Train.Any(source => source.Weight is not null || source.Hardest is not null);
}

public enum PromptTemplate
{
    /// <summary>The question as it is.</summary>
    Plain,

    /// <summary>ChatML: one user message, then the head of the assistant's.</summary>
    Chatml,
}

/// <summary>A generated task, or a file of questions. Exactly one of <see cref="Task"/> and <see cref="File"/>.</summary>
[GenerateSerializer, Immutable, Alias("seed.data-source")]
public sealed record DataSource
{
    /// <summary>A task generator's name; <c>seed tasks</c> lists them.</summary>
    [Id(0)] public string? Task { get; init; }

    /// <summary>Grows with how hard the problems are, from 1; what it means stands in <c>seed tasks</c>.</summary>
    [Id(1)] public int Difficulty { get; init; } = 1;

    /// <summary>Makes the source a ladder from `difficulty` to this: the level rises with the pass rate. In evaluation, all levels at once.</summary>
    [Id(4)] public int? Hardest { get; init; }

    /// <summary>How many problems to generate, of each difficulty, or at most to read; left out, 4096 generated or the whole file.</summary>
    [Id(2)] public int? Count { get; init; }

    /// <summary>A .jsonl or .parquet file with verl's columns, or .jsonl with "question" and "answer".</summary>
    [Id(3)] public string? File { get; init; }

    /// <summary>What the source's share of the prompts is proportional to; left out, 1. Where no source has one and nothing adapts or rises, prompts come in one order over all sources.</summary>
    [Id(5)] public double? Weight { get; init; }

    /// <summary>Sources of one domain share its weight; left out, the task's family or the file's name.</summary>
    [Id(6)] public string? Domain { get; init; }
}
