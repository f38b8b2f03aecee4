using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>One question of a data file.</summary>
/// <param name="Number">Line (JSON Lines) or row (Parquet) in the file, counted from 1.</param>
/// <param name="Messages">The prompt; a plain question is one message of the user.</param>
/// <param name="Solution">A whole response to learn from before reinforcement learning; null where the file gives none.</param>
/// <param name="DataSource">verl's <c>data_source</c>; null where the file gives none.</param>
/// <param name="RewardStyle">verl's <c>reward_model.style</c>; <c>rule</c> where the file gives none.</param>
public sealed record DataRow(
    int Number,
    ImmutableArray<ChatMessage> Messages,
    string GroundTruth,
    string? Solution,
    string? DataSource,
    string RewardStyle)
{
    public string ReadQuestion() => string.Join('\n', Messages.Select(message => message.Content));
}
