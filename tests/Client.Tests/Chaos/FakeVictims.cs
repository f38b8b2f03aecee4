using SeedOrleans.Client.Chaos;

namespace SeedOrleans.Client.Tests.Chaos;

/// <summary>Silos that only remember what was done to them.</summary>
internal sealed class FakeVictims : IChaosVictims
{
    private readonly HashSet<string> _dead = [];

    public List<string> Calls { get; } = [];

    public Action? OnBlow { get; set; }

    /// <summary>A silo that was frozen ends itself when it goes on.</summary>
    public bool ZombiesEnd { get; set; }

    public bool IsAlive(string silo) => !_dead.Contains(silo);

    public void Kill(string silo)
    {
        _dead.Add(silo);
        Calls.Add($"kill {silo}");
        OnBlow?.Invoke();
    }

    public void Stop(string silo)
    {
        Calls.Add($"stop {silo}");
        OnBlow?.Invoke();
    }

    public void Continue(string silo)
    {
        if (Calls[^1] != $"stop {silo}")
            return;

        Calls.Add($"continue {silo}");
        if (ZombiesEnd)
            _dead.Add(silo);
    }

    public Task ReviveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.AddRange(_dead.Order().Select(silo => $"revive {silo}"));
        _dead.Clear();
        return Task.CompletedTask;
    }
}
