using SeedOrleans.Domain.Policies;

namespace SeedOrleans.GrainInterfaces;

/// <summary>Keys of the grains that belong to a run.</summary>
public static class RunKeys
{
    public static string Rank(string runId, int rank) => $"{runId}/policy/{rank}";

    public static string Worker(string runId, int worker) => $"{runId}/{worker}";

    public static string PolicyVersion(string runId, PolicyVersion version) => $"{runId}/policy/{version.Step}";
}
