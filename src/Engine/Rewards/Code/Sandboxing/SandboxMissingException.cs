namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Nothing here can hold a program that is not trusted; it was not run.</summary>
public sealed class SandboxMissingException(string reason)
    : Exception($"Programs are not judged on this machine: {reason}. Install bubblewrap (Debian: apt-get install bubblewrap) and allow user namespaces.");
