using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Tests.Rollout;

public sealed class RolloutJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RolloutJournal _journal;

    public RolloutJournalTests() => _journal = new RolloutJournal(new LocalFolderStore(_folder.Path));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_several_workers_note_of_a_response_is_put_together_and_another_collections_is_not()
    {
        await NoteAsync(collection: 2, "run/0", Progress("p", 0, start: 0, 1, 2), Progress("q", 1, start: 0, 9));
        await NoteAsync(collection: 2, "run/0", Progress("p", 0, start: 2, 3));
        await NoteAsync(collection: 2, "run/1", Progress("p", 0, start: 2, 3, 4));
        await NoteAsync(collection: 4, "run/0", Progress("p", 0, start: 0, 7));

        var noted = await _journal.ReadAsync("run", 2, Cancellation);

        Assert.Equal([1, 2, 3, 4], noted[new ResponseName("p", 0)].Tokens);
        Assert.Equal([-1f, -2f, -3f, -4f], noted[new ResponseName("p", 0)].LogProbs);
        Assert.Equal([9], noted[new ResponseName("q", 1)].Tokens);
    }

    [Fact]
    public async Task A_gap_ends_what_can_be_continued()
    {
        await NoteAsync(collection: 2, "run/0", Progress("p", 0, start: 0, 1), Progress("p", 0, start: 3, 4));

        Assert.Equal([1], (await _journal.ReadAsync("run", 2, Cancellation))[new ResponseName("p", 0)].Tokens);
    }

    [Fact]
    public async Task A_collection_that_is_complete_is_forgotten_and_no_other()
    {
        await NoteAsync(collection: 2, "run/0", Progress("p", 0, start: 0, 1));
        await NoteAsync(collection: 4, "run/0", Progress("p", 0, start: 0, 1));

        await _journal.DeleteAsync("run", 2, Cancellation);

        Assert.Empty(await _journal.ReadAsync("run", 2, Cancellation));
        Assert.Single(await _journal.ReadAsync("run", 4, Cancellation));
    }

    [Fact]
    public async Task A_note_in_another_format_tells_nothing()
    {
        await using (var writer = _journal.Open("run", 2, "run/0"))
            await writer.AppendAsync(new byte[] { 1, 2, 3 }, Cancellation);

        await NoteAsync(collection: 2, "run/1", Progress("p", 0, start: 0, 5));

        Assert.Equal([5], (await _journal.ReadAsync("run", 2, Cancellation))[new ResponseName("p", 0)].Tokens);
    }

    private async Task NoteAsync(long collection, string worker, params ResponseProgress[] progress)
    {
        await using var writer = _journal.Open("run", collection, worker);
        await RolloutJournal.NoteAsync(writer, progress);
    }

    private static ResponseProgress Progress(string prompt, int index, int start, params int[] tokens) => new()
    {
        Response = new ResponseName(prompt, index),
        Start = start,
        Tokens = [.. tokens],
        LogProbs = [.. tokens.Select(token => -(float)token)],
    };
}
