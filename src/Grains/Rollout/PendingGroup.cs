using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Rollout;

/// <summary>A prompt's responses while they come in.</summary>
/// <param name="number">In the order of prompts.</param>
/// <param name="firstIndex">Of its first response among those to the same prompt.</param>
/// <param name="holdsTournament">Its responses are judged together, when all are there.</param>
internal sealed class PendingGroup(Prompt prompt, int number, int firstIndex, int size, bool holdsTournament)
{
    public Prompt Prompt => prompt;

    public int Number => number;

    public int FirstIndex => firstIndex;

    public ScoredTrajectory?[] Responses { get; } = new ScoredTrajectory?[size];

    public int Missing { get; set; } = size;

    public bool HoldsTournament => holdsTournament;

    /// <summary>A verifier was told to hold the tournament.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>The tournament's verdicts are here.</summary>
    public bool IsSettled { get; set; }

    /// <summary>All responses are here and judged.</summary>
    public bool IsFinished => Missing == 0 && (!holdsTournament || IsSettled);

    public RolloutGroup ToGroup() => new() { Prompt = prompt, Responses = [.. Responses.OfType<ScoredTrajectory>()] };
}
