using System.Collections.Immutable;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Removes checkpoints, and files that belong to none.</summary>
/// <param name="folder">Of the run's checkpoints.</param>
internal sealed class CheckpointGarbage(IBlobStore store, CheckpointStore checkpoints, string folder)
{
    private readonly List<string> _removed = [];

    /// <inheritdoc cref="CheckpointStore.CollectGarbageAsync"/>
    public async Task<ImmutableArray<string>> CollectAsync(int keep, Func<string, bool> isHeld, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var folders = await ListAsync(cancellationToken);
        var sound = new SortedDictionary<CheckpointName, CheckpointManifest>();
        foreach (var (name, files) in folders)
            if (files.Contains(CheckpointStore.Manifest) && await TryReadAsync(name, cancellationToken) is { } manifest)
                sound[name] = manifest;

        // What no manifest stands for may be a save on its way, unless a later one has ended.
        var newest = folders.LastOrDefault(entry => entry.Value.Contains(CheckpointStore.Manifest)).Key;
        var kept = sound.Keys.Reverse().Take(keep).ToHashSet();
        foreach (var (name, files) in folders.Where(entry => !isHeld($"{entry.Key}")))
            if (sound.TryGetValue(name, out var manifest))
            {
                var isUnfinished = files.Contains(CheckpointStore.Hold) && await HoldOf(name).IsBeingRemovedAsync(cancellationToken);
                if ((kept.Contains(name) && !isUnfinished) || !await TryRemoveAsync($"{name}", cancellationToken))
                    await RemoveUnnamedAsync(name, files, manifest, cancellationToken);
            }
            else if (!files.Contains(CheckpointStore.Manifest) && name.CompareTo(newest) < 0)
            {
                await RemoveAttemptAsync(name, cancellationToken);
            }

        return [.. _removed];
    }

    /// <summary>Removes a checkpoint: its manifest first, so that it is never half there.</summary>
    /// <returns>False where it is pinned.</returns>
    public async Task<bool> TryRemoveAsync(string checkpoint, CancellationToken cancellationToken)
    {
        var hold = checkpoints.HoldOf(checkpoint);
        if (!await hold.TryRemoveAsync(cancellationToken))
            return false;

        await DeleteAsync($"{checkpoint}/{CheckpointStore.Manifest}", cancellationToken);
        await RemoveFilesAsync(checkpoint, hold, cancellationToken);
        return true;
    }

    /// <summary>Removes what a save left that never committed.</summary>
    private async Task RemoveAttemptAsync(CheckpointName name, CancellationToken cancellationToken)
    {
        // A pin without a manifest is a checkpoint whose manifest was lost: people decide.
        var hold = HoldOf(name);
        if (!await hold.TryRemoveAsync(cancellationToken))
            return;

        // A commit looks for the claim after it has written its manifest, and we for the manifest after the claim: one of us sees the other.
        if (await store.ReadAsync($"{folder}/{name}/{CheckpointStore.Manifest}", cancellationToken) is null)
            await RemoveFilesAsync($"{name}", hold, cancellationToken);
        else
            await hold.ReleaseAsync(cancellationToken);
    }

    private async Task RemoveUnnamedAsync(CheckpointName name, HashSet<string> files, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        var named = manifest.Tensors.Values.SelectMany(tensor => tensor.Shards).Select(shard => shard.File).ToHashSet();
        foreach (var file in files.Where(file => CheckpointStore.IsDataFile(file) && !named.Contains(file)))
            await DeleteAsync($"{name}/{file}", cancellationToken);
    }

    private async Task RemoveFilesAsync(string checkpoint, CheckpointHold hold, CancellationToken cancellationToken)
    {
        var prefix = $"{folder}/{checkpoint}/";
        await foreach (var entry in store.ListAsync(prefix, cancellationToken))
            if (entry.Name != prefix + CheckpointStore.Hold)
                await DeleteAsync(entry.Name[(folder.Length + 1)..], cancellationToken);

        await hold.ForgetAsync(cancellationToken);
    }

    private async Task DeleteAsync(string blob, CancellationToken cancellationToken)
    {
        await store.DeleteAsync($"{folder}/{blob}", cancellationToken);
        _removed.Add(blob);
    }

    /// <returns>Null where it is damaged, and so tells nothing of what may go: people decide.</returns>
    private async Task<CheckpointManifest?> TryReadAsync(CheckpointName name, CancellationToken cancellationToken)
    {
        try
        {
            return await checkpoints.ReadAsync($"{name}", cancellationToken);
        }
        catch (CheckpointException)
        {
            return null;
        }
    }

    private async Task<SortedDictionary<CheckpointName, HashSet<string>>> ListAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<CheckpointName, HashSet<string>> folders = [];
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            if (entry.Name[(folder.Length + 1)..].Split('/') is [var checkpoint, var file] && CheckpointName.TryParse(checkpoint) is { } name)
            {
                if (!folders.TryGetValue(name, out var files))
                    folders[name] = files = [];

                files.Add(file);
            }

        return folders;
    }

    private CheckpointHold HoldOf(CheckpointName name) => checkpoints.HoldOf($"{name}");
}
