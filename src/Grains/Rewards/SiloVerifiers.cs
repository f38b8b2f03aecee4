using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rewards;

/// <summary>What this silo judges responses with: one sandbox for all runs, opened when it is first asked for, and for each run the models that judge it.</summary>
public sealed class SiloVerifiers(RunFolders folders, TimeProvider time) : IDisposable
{
    private readonly MachineSandbox _sandbox = new();
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, (RunVerifiers Verifiers, int Users)> _runs = [];

    /// <returns>Whether programs that are not trusted can be run here.</returns>
    public async Task<bool> CanIsolateAsync()
    {
        var canIsolate = await _sandbox.GetAsync() is not null;
        _sandbox.Rest();
        return canIsolate;
    }

    /// <summary>Why not, once that was found; empty where they can.</summary>
    public string Problem => _sandbox.Problem;

    /// <summary>A run's verifiers, shared by all of its verifier grains here; each gives back what it took.</summary>
    /// <exception cref="Engine.Rewards.Judges.JudgeFailedException">A judge cannot be made.</exception>
    internal async Task<RunVerifiers> TakeAsync(string runId, RewardSpec rewards)
    {
        var sandbox = await _sandbox.GetAsync();
        return await Task.Run(() => Take(runId, rewards, sandbox)); // a judge may have to be loaded
    }

    internal void Return(string runId)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(runId, out var found))
                return;

            _runs = found.Users > 1 ? _runs.SetItem(runId, (found.Verifiers, found.Users - 1)) : _runs.Remove(runId);
            if (found.Users > 1)
                return;

            found.Verifiers.Dispose();
            if (_runs.IsEmpty)
                _sandbox.Rest();
        }
    }

    public void Dispose()
    {
        foreach (var (verifiers, _) in _runs.Values)
            verifiers.Dispose();

        _sandbox.Dispose();
    }

    private RunVerifiers Take(string runId, RewardSpec rewards, Sandbox? sandbox)
    {
        lock (_lock)
        {
            var (verifiers, users) = _runs.TryGetValue(runId, out var found) ? found : (RunVerifiers.Open(rewards, sandbox, folders.Of(runId), time), 0);
            _runs = _runs.SetItem(runId, (verifiers, users + 1));
            return verifiers;
        }
    }
}
