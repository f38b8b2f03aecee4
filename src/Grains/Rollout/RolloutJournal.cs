using System.Globalization;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Logs;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rollout;

/// <summary>Notes of a run's responses in flight, a log for each worker and collection, from which others continue them.</summary>
/// <remarks>
/// A note is lost with its worker's last moment, never believed wrongly: entries are checksummed, and the tokens that come after a note
/// are the same whoever draws them, since their random numbers are addressed.
/// </remarks>
public sealed class RolloutJournal(IBlobStore store)
{
    /// <summary>Where one worker notes what it does for one collection.</summary>
    internal LogWriter Open(string runId, long collection, string worker) =>
        new(new SegmentedLog(store, $"{FolderOf(runId, collection)}/{BlobName.Segment(worker)}"));

    internal static Task NoteAsync(LogWriter writer, IReadOnlyCollection<ResponseProgress> progress) =>
        writer.AppendAsync(JournalFormat.Encode(progress), CancellationToken.None);

    /// <returns>How far each response had come that some worker noted.</returns>
    internal async Task<Dictionary<ResponseName, PartialResponse>> ReadAsync(string runId, long collection, CancellationToken cancellationToken)
    {
        var folder = FolderOf(runId, collection);
        HashSet<string> workers = [];
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            workers.Add(entry.Name[..entry.Name.LastIndexOf('/')]);

        Dictionary<ResponseName, PartialResponse> responses = [];
        foreach (var worker in workers)
            for (var segment = 1L; await new SegmentedLog(store, worker).ReadAsync(segment, cancellationToken) is { } read; segment++)
                foreach (var progress in read.Records.SelectMany(JournalFormat.Decode))
                    responses[progress.Response] = responses.GetValueOrDefault(progress.Response, PartialResponse.Empty).With(progress);

        return responses;
    }

    /// <summary>Forgets a collection that is complete.</summary>
    internal async Task DeleteAsync(string runId, long collection, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(FolderOf(runId, collection) + "/", cancellationToken))
            await store.DeleteAsync(entry.Name, cancellationToken);
    }

    private static string FolderOf(string runId, long collection) =>
        string.Create(CultureInfo.InvariantCulture, $"{RunStore.FolderOf(runId)}/journal/{collection:d10}");
}
