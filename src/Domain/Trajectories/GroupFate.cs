namespace SeedOrleans.Domain.Trajectories;

/// <summary>What a step does with a prompt group, as one letter, so that a step's groups are a short word.</summary>
public static class GroupFate
{
    /// <summary>The step trains on it.</summary>
    public const char Trained = 't';

    /// <summary>Refused: every response is right, and there is nothing to learn from.</summary>
    public const char AllCorrect = 'c';

    /// <summary>Refused: every response is wrong.</summary>
    public const char AllWrong = 'w';
}
