using System.Collections.Immutable;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tests.Models.HuggingFace;

namespace SeedOrleans.Engine.Tests.Ledgers;

public sealed class RunLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFolderStore _store;

    public RunLedgerTests() => _store = new LocalFolderStore(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_committed_step_is_what_the_next_incarnation_finds()
    {
        var first = await OpenAsync();
        var record = await first.PrepareAsync(Record(first, 1, "a"u8), "a"u8.ToArray(), Cancellation);
        await first.CommitAsync(record, "weights", Cancellation);

        var second = await OpenAsync();

        Assert.Equal(first.Head with { Epoch = 2 }, second.Head);
        Assert.Equal((1, "weights", 2L, 1L), (second.Head.Step, second.Head.WeightsHash, second.Head.Consumed, second.Head.Dropped));
        var found = Assert.Single(await second.ReadCommittedAsync(0, Cancellation).ToListAsync(Cancellation));
        Assert.Equal("a"u8.ToArray(), await second.ReadContentAsync(found, Cancellation));
    }

    [Fact]
    public async Task An_older_incarnation_commits_nothing()
    {
        var zombie = await OpenAsync();
        var record = await zombie.PrepareAsync(Record(zombie, 1, "a"u8), "a"u8.ToArray(), Cancellation);
        var next = await OpenAsync();

        var fenced = await Assert.ThrowsAsync<StaleEpochException>(() => zombie.CommitAsync(record, "weights", Cancellation));

        Assert.Equal((1L, 2L), (fenced.Epoch, fenced.Newest));
        Assert.Equal(0, (await next.ReadHeadAsync(Cancellation)).Step);
    }

    [Fact]
    public async Task A_prepared_step_is_taken_up_and_not_replaced()
    {
        var first = await OpenAsync();
        await first.PrepareAsync(Record(first, 1, "a"u8), "a"u8.ToArray(), Cancellation);

        var second = await OpenAsync();
        var adopted = await second.PrepareAsync(Record(second, 1, "b"u8), "b"u8.ToArray(), Cancellation);

        Assert.Equal(1, adopted.Epoch);
        Assert.Equal("a"u8.ToArray(), await second.ReadContentAsync(adopted, Cancellation));
    }

    [Fact]
    public async Task The_chain_tells_what_was_done_and_not_who_did_it()
    {
        var ledger = await OpenAsync();
        var record = Record(ledger, 1, "a"u8);

        Assert.Equal(record.ChainAfter("w"), (record with { Epoch = 9, LogEnd = 9, Content = "packed otherwise" }).ChainAfter("w"));
        Assert.NotEqual(record.ChainAfter("w"), record.ChainAfter("v"));
        Assert.NotEqual(record.ChainAfter("w"), (record with { Digest = "other" }).ChainAfter("w"));
        Assert.NotEqual(record.ChainAfter("w"), (record with { Seed = 9 }).ChainAfter("w"));
        Assert.NotEqual(record.ChainAfter("w"), (record with { Trajectories = ["p#1", "p#0"] }).ChainAfter("w"));
    }

    [Fact]
    public async Task Damaged_trajectories_are_found()
    {
        var ledger = await OpenAsync();
        var record = await ledger.PrepareAsync(Record(ledger, 1, "a"u8), "a"u8.ToArray(), Cancellation);
        await _store.WriteAsync($"runs/r/ledger/trajectories/00000001-{record.Content[..16]}", "b"u8.ToArray(), Cancellation);

        await Assert.ThrowsAsync<BlobException>(() => ledger.ReadContentAsync(record, Cancellation));
    }

    private async Task<RunLedger> OpenAsync()
    {
        var ledger = new RunLedger(_store, "runs/r");
        await ledger.TakeOverAsync(Cancellation);
        return ledger;
    }

    private static StepRecord Record(RunLedger ledger, int step, ReadOnlySpan<byte> content) => new()
    {
        Step = step,
        Epoch = ledger.Head.Epoch,
        PolicyVersion = step - 1,
        Seed = 7,
        DataParallel = 2,
        Trajectories = ["p#0", "p#1"],
        Consumed = 2,
        Dropped = ImmutableSortedDictionary<string, int>.Empty.Add("all correct", 1),
        NextCursor = 3,
        LogEnd = 4,
        Content = StepRecord.Hash(content.ToArray()),
        Digest = StepRecord.Hash(content.ToArray()),
        Previous = ledger.Head.Chain,
    };
}
