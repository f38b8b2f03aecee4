namespace SeedOrleans.Engine.Parallelism;

/// <summary>A peer's process, connection or rank is gone, for no fault of the computation: start the group again.</summary>
public sealed class PeerLostException(string message, Exception? cause = null) : IOException(message, cause);
