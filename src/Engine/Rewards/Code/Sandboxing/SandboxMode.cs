namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>How a sandbox starts programs.</summary>
public enum SandboxMode
{
    /// <summary>Forked from an interpreter that is warm, in a bubblewrap that lasts; each in namespaces of its own.</summary>
    Forked,

    /// <summary>In a bubblewrap of its own, which is made and ended with it.</summary>
    Single,
}
