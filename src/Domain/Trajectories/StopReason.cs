namespace SeedOrleans.Domain.Trajectories;

/// <summary>Why a response ends where it ends.</summary>
public enum StopReason
{
    /// <summary>The policy wrote a stop token, which is the last response token.</summary>
    Stop,

    /// <summary>The response reached its length limit.</summary>
    Length,

    /// <summary>Somebody interrupted it; it may be continued from its last token.</summary>
    Aborted,
}
