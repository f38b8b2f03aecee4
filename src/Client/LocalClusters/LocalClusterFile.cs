using System.Collections.Immutable;
using System.Text.Json;

namespace SeedOrleans.Client.LocalClusters;

/// <summary>What a cluster on this machine consists of: the file <c>cluster.json</c> in its data folder.</summary>
/// <param name="Storage">A folder, or <c>azure:…</c>.</param>
internal sealed record LocalClusterFile(string Storage, ImmutableArray<LocalSilo> Silos)
{
    public const string DefaultFolder = "./runs";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>Null where no cluster was started, or the last one was taken down.</returns>
    public static LocalClusterFile? Find(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<LocalClusterFile>(File.ReadAllBytes(PathIn(dataFolder)), Json);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    public void Save(string dataFolder)
    {
        var path = PathIn(dataFolder);
        File.WriteAllBytes($"{path}.new", JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move($"{path}.new", path, overwrite: true);
    }

    public static void Delete(string dataFolder)
    {
        if (Directory.Exists(dataFolder))
            File.Delete(PathIn(dataFolder));
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "cluster.json");
}

/// <summary>One silo process of a cluster on this machine.</summary>
/// <param name="Name">Counted from 1: <c>silo-1</c>.</param>
/// <param name="Started">In the kernel's ticks since boot, since process ids are used again.</param>
/// <param name="Slots">Ranks and workers that it computes for at once; null leaves that to the silo.</param>
internal sealed record LocalSilo(string Name, int Pid, long Started, int SiloPort, int GatewayPort, int? Slots = null)
{
    public bool IsAlive() => ProcessTable.StartOf(Pid) == Started;
}
