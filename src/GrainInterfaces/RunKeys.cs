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

    /// <summary>Of the grain, and of the stream of responses that it judges.</summary>
    public static string Verifier(string runId, int verifier) => $"{runId}/verifier/{verifier}";

    /// <returns>The run that a key belongs to.</returns>
    public static string RunOf(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];

    public static string PolicyVersion(string runId, PolicyVersion version) => $"{runId}/policy/{version.Step}";
}
