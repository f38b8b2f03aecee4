using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SeedOrleans.Client.Silos;

namespace SeedOrleans.Client.LocalClusters;

/// <summary>Silo processes on this machine that share one storage and outlive the command that started them.</summary>
/// <param name="dataFolder">Holds <c>cluster.json</c>, the silos' logs, metrics and final policies.</param>
internal sealed partial class LocalCluster(string dataFolder, TimeProvider time)
{
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromMinutes(1), Look = TimeSpan.FromMilliseconds(50);

    /// <summary>A silo that is told to end hands over and leaves within this time.</summary>
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(20);

    public LocalClusterFile? Find() => LocalClusterFile.Find(dataFolder);

    public string LogOf(string silo) => Path.Combine(Path.GetFullPath(dataFolder), $"{silo}.log");

    /// <summary>Starts silos beside those that live; places of dead ones are taken first, with their ports.</summary>
    /// <param name="storage">Null takes the cluster's, or the folder <c>store</c>.</param>
    /// <param name="slots">Of each; null keeps what a dead one had, and leaves it to a new one.</param>
    /// <returns>The cluster as it is then.</returns>
    /// <exception cref="SiloFailedException">A silo ended, or was not ready in time; the others go on.</exception>
    public async Task<LocalClusterFile> AddAsync(int count, string? storage, int? slots, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(dataFolder);
        var cluster = Find() ?? new LocalClusterFile(Absolute(storage ?? Path.Combine(dataFolder, "store")), []);
        var before = cluster.Silos;
        var dead = new Queue<LocalSilo>(before.Where(silo => !silo.IsAlive()));
        var next = before.Length;
        var places = Enumerable.Range(0, count)
            .Select(_ => dead.TryDequeue(out var place) ? place : new LocalSilo($"silo-{++next}", 0, 0, 0, 0))
            .Select(place => place with { Slots = slots ?? place.Slots })
            .ToArray();
        return await StartAsync(cluster, places, cancellationToken);
    }

    /// <summary>Starts dead silos of these names again, on their old ports.</summary>
    /// <exception cref="SiloFailedException">A silo ended, or was not ready in time; the others go on.</exception>
    public async Task ReviveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (Find() is { } cluster && cluster.Silos.Where(silo => names.Contains(silo.Name) && !silo.IsAlive()).ToArray() is { Length: > 0 } dead)
            await StartAsync(cluster, dead, cancellationToken);
    }

    /// <summary>Ends a silo as a power cut would; returns when it is gone, which takes a moment.</summary>
    public async Task KillAsync(LocalSilo silo, CancellationToken cancellationToken)
    {
        ProcessTable.Signal(silo.Pid, ProcessTable.Kill);
        while (silo.IsAlive())
            await Task.Delay(Look, time, cancellationToken);
    }

    /// <summary>Asks all silos to leave, and ends by force those that stay.</summary>
    /// <returns>How many lived.</returns>
    public async Task<int> DownAsync(CancellationToken cancellationToken)
    {
        var living = Find()?.Silos.Where(silo => silo.IsAlive()).ToArray() ?? [];
        foreach (var silo in living)
            ProcessTable.Signal(silo.Pid, ProcessTable.Terminate);

        var begun = time.GetTimestamp();
        while (living.Any(silo => silo.IsAlive()))
        {
            if (time.GetElapsedTime(begun) > LeaveDeadline)
                foreach (var silo in living.Where(silo => silo.IsAlive()))
                    ProcessTable.Signal(silo.Pid, ProcessTable.Kill);

            await Task.Delay(Look, time, cancellationToken);
        }

        LocalClusterFile.Delete(dataFolder);
        return living.Length;
    }

    private async Task<LocalClusterFile> StartAsync(LocalClusterFile cluster, LocalSilo[] places, CancellationToken cancellationToken)
    {
        var starts = places.Select(place => StartAsync(place, cluster.Storage, cancellationToken)).ToArray();
        try
        {
            await Task.WhenAll(starts);
        }
        finally
        {
            // Whoever is up must be known, so that it can be ended, even where another one failed.
            var started = starts.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result).ToArray();
            cluster = cluster with
            {
                Silos = [.. cluster.Silos.Where(silo => started.All(other => other.Name != silo.Name)).Concat(started).OrderBy(silo => Number(silo.Name))],
            };
            cluster.Save(dataFolder);
        }

        return cluster;
    }

    private async Task<LocalSilo> StartAsync(LocalSilo place, string storage, CancellationToken cancellationToken)
    {
        var log = LogOf(place.Name);
        var start = File.Exists(log) ? new FileInfo(log).Length : 0;
        string[] options =
        [
            "--name", place.Name, "--silo-port", Text(SiloPorts.Keep(place.SiloPort)), "--gateway-port", Text(SiloPorts.Keep(place.GatewayPort)),
            "--data", Path.GetFullPath(dataFolder), "--storage", storage, .. Slots(place),
        ];

        // A session of its own: an interruption of this command, or the end of its terminal, is none of the silo's business.
        using var process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "exec setsid dotnet \"$@\" >>\"$0\" 2>&1 </dev/null", log, SiloExecutable.Find(), .. options]))!;
        var begun = time.GetTimestamp();
        while (!process.HasExited && time.GetElapsedTime(begun) < ReadyDeadline)
        {
            if (Ready().Match(ReadFrom(log, start)) is { Success: true } ready)
                return place with
                {
                    Pid = process.Id,
                    Started = ProcessTable.StartOf(process.Id) ?? 0,
                    SiloPort = Port(ready, "silo"),
                    GatewayPort = Port(ready, "gateway"),
                };

            await Task.Delay(Look, time, cancellationToken);
        }

        if (!process.HasExited)
            process.Kill();

        var tail = ReadFrom(log, start).Split('\n').TakeLast(20).Select(line => $"  {line}");
        throw new SiloFailedException($"{place.Name} was not ready. It logged last:", string.Join('\n', [.. tail, $"  (all of it: {log})"]));
    }

    private static string[] Slots(LocalSilo place) => place.Slots is { } slots ? ["--device-slots", Text(slots)] : [];

    private static string ReadFrom(string log, long start)
    {
        if (!File.Exists(log))
            return "";

        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Min(start, file.Length);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static string Absolute(string storage) => storage.StartsWith("azure:", StringComparison.Ordinal) ? storage : Path.GetFullPath(storage);

    private static int Number(string name) => int.Parse(name.AsSpan(name.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Port(Match ready, string group) => int.Parse(ready.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ready gateway=\S+:(?<gateway>\d+) silo=\S+:(?<silo>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Ready();
}
