using System.Collections.Immutable;

namespace SeedOrleans.Client.Commands;

/// <summary>Which generated tasks a spec may name.</summary>
internal interface ITaskDirectory
{
    ImmutableArray<TaskDescription> Tasks { get; }
}

/// <param name="Difficulty">What grows with it.</param>
internal sealed record TaskDescription(string Name, string Summary, string Difficulty);
