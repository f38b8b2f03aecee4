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

    /// <summary>How many problems to generate, or at most to read; left out, 4096 generated or the whole file.</summary>
    [Id(2)] public int? Count { get; init; }

    /// <summary>A .jsonl or .parquet file with verl's columns, or .jsonl with "question" and "answer".</summary>
    [Id(3)] public string? File { get; init; }
}
