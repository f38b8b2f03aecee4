namespace SeedOrleans.Engine.Parallelism.Nccl;

/// <summary>The machine has no NCCL that could be loaded.</summary>
public sealed class NcclMissingException(Exception cause) : Exception(
    $"{NcclLibrary.Name} cannot be loaded ({cause.Message.Split('\n')[0].Trim()}); install NCCL 2 (libnccl2) on every machine and put its folder into LD_LIBRARY_PATH, or let ranks talk over TCP.",
    cause);
