namespace SeedOrleans.Grains.Runs;

/// <summary>Where runs write on this machine.</summary>
/// <param name="Root">An absolute path.</param>
public sealed record RunFolders(string Root)
{
    public string Of(string runId) => Path.Combine(Root, runId);

    /// <summary>The final policy, in Hugging Face's format.</summary>
    public string PolicyOf(string runId) => Path.Combine(Of(runId), "policy");
}
