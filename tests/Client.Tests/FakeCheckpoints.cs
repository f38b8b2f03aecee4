using System.Collections.Immutable;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests;

/// <summary>Checkpoints that are only named.</summary>
internal sealed class FakeCheckpoints : IRunCheckpoints
{
    public List<CheckpointInfo> All { get; } = [Samples.Checkpoint(step: 0), Samples.Checkpoint(step: 10) with { IsPinned = true }, Samples.Checkpoint(step: 12)];

    /// <summary>Problems of checkpoints that are damaged, by name.</summary>
    public Dictionary<string, string> Damage { get; } = [];

    public string Manifest { get; set; } = "{\n  \"step\": 10\n}";

    public ImmutableArray<string> Garbage { get; set; } = [];

    /// <summary>What the next changing call is refused for.</summary>
    public string? Refusal { get; set; }

    public List<string> Calls { get; } = [];

    public Task<ImmutableArray<CheckpointInfo>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(All.ToImmutableArray());

    public Task<string> ShowAsync(string checkpoint, CancellationToken cancellationToken) => Task.FromResult(Manifest);

    public Task<ImmutableArray<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken)
    {
        Calls.Add($"verify {checkpoint}");
        return Task.FromResult(Damage.TryGetValue(checkpoint, out var problem) ? [problem] : ImmutableArray<string>.Empty);
    }

    public Task PinAsync(string checkpoint, bool isPinned, CancellationToken cancellationToken) => ChangeAsync($"{(isPinned ? "pin" : "unpin")} {checkpoint}");

    public Task RemoveAsync(string checkpoint, CancellationToken cancellationToken) => ChangeAsync($"rm {checkpoint}");

    public async Task<ImmutableArray<string>> CollectGarbageAsync(CancellationToken cancellationToken)
    {
        await ChangeAsync("gc");
        return Garbage;
    }

    private Task ChangeAsync(string call)
    {
        if (Refusal is { } reason)
            throw new RunRefusedException(reason);

        Calls.Add(call);
        return Task.CompletedTask;
    }
}
