namespace SeedOrleans.Grains.Placement;

/// <summary>Runs whose controllers work in this process. A silo that drains leaves when there are none.</summary>
public sealed class HostedRuns
{
    private readonly HashSet<Stay> _stays = [];

    public int Count
    {
        get
        {
            lock (_stays)
                return _stays.Count;
        }
    }

    /// <summary>A controller works here until the result is disposed.</summary>
    public IDisposable Enter(string runId)
    {
        var stay = new Stay(this, runId);
        lock (_stays)
            _stays.Add(stay);

        return stay;
    }

    /// <returns>Ids of the runs, for messages.</returns>
    public IReadOnlyCollection<string> Ids()
    {
        lock (_stays)
            return [.. _stays.Select(stay => stay.RunId).Distinct().Order(StringComparer.Ordinal)];
    }

    private sealed class Stay(HostedRuns runs, string runId) : IDisposable
    {
        public string RunId => runId;

        public void Dispose()
        {
            lock (runs._stays)
                runs._stays.Remove(this);
        }
    }
}
