namespace SeedOrleans.Engine.Checkpointing;

/// <summary>A checkpoint that is not what was written, or not what was asked for.</summary>
public sealed class CheckpointException(string message, Exception? cause = null) : IOException(message, cause);
