using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Grains.Rollout;

/// <summary>Notes from time to time what one worker's responses in flight have got, while sampling goes on.</summary>
/// <param name="interval">Between two notes; zero notes nothing.</param>
internal sealed class JournalKeeper(RolloutJournal journal, string runId, string worker, TimeSpan interval, TimeProvider time)
{
    private LogWriter? _writer;
    private long _collection;
    private long _notedAt;
    private Task _noting = Task.CompletedTask;

    /// <summary>The last note is durable and the interval is over: <see cref="Note"/> has something to do.</summary>
    public bool IsDue => interval > TimeSpan.Zero && _noting.IsCompleted && time.GetElapsedTime(_notedAt) >= interval;

    /// <summary>Sends what the engine tells on its way; the caller need not wait. Where that fails, responses begin further back after a loss.</summary>
    public void Note(long collection, IReadOnlyCollection<ResponseProgress> progress)
    {
        _notedAt = time.GetTimestamp();
        if (progress.Count == 0)
            return;

        if (collection != _collection)
        {
            _ = _writer?.DisposeAsync().AsTask();
            (_collection, _writer) = (collection, journal.Open(runId, collection, worker));
        }

        _noting = RolloutJournal.NoteAsync(_writer!, progress);
    }

    /// <summary>Notes what is left and waits until all is durable.</summary>
    public async Task FinishAsync(GenerationEngine engine)
    {
        if (interval > TimeSpan.Zero && _collection != 0)
        {
            await _noting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Note(_collection, engine.TakeProgress());
        }

        await _noting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_writer is { } writer)
            await writer.DisposeAsync();

        (_writer, _collection) = (null, 0);
    }
}
