namespace SeedOrleans.Grains.Training;

/// <summary>A checkpoint that a rank could not load.</summary>
[GenerateSerializer, Alias("seed.damaged-checkpoint")]
public sealed class DamagedCheckpointException(string checkpoint, string reason) : Exception($"Checkpoint {checkpoint} cannot be loaded: {reason}")
{
    [Id(0)] public string Checkpoint { get; } = checkpoint;
}
