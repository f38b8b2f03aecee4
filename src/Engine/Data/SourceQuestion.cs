using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data;

/// <summary>A question of any source, before it is tokens.</summary>
/// <param name="Text">As a person reads it; the prompt under the plain template.</param>
/// <param name="Solution">Null where the source gives none.</param>
internal sealed record SourceQuestion(
    string Id,
    string Text,
    ImmutableArray<ChatMessage> Messages,
    string DataSource,
    string RewardStyle,
    string GroundTruth,
    string? Solution)
{
    /// <summary>Which of the sources' levels it is of; unique among them.</summary>
    public string Pool { get; init; } = "";
}
