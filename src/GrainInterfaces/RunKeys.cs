using SeedOrleans.Domain.Policies;

namespace SeedOrleans.GrainInterfaces;

/// <summary>Keys of the grains that belong to a run.</summary>
public static class RunKeys
{
    /// <summary>The role of the ranks that train the run.</summary>
    public const string Policy = "policy";

    /// <param name="role"><see cref="Policy"/>, or what other ranks compute for.</param>
    public static string Rank(string runId, string role, int rank) => $"{runId}/{role}/{rank}";

    public static string Worker(string runId, int worker) => $"{runId}/{worker}";

    public static string PolicyVersion(string runId, PolicyVersion version) => $"{runId}/policy/{version.Step}";
}
