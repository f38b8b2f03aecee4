using System.Text;
using SeedOrleans.Domain.Runs;
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

        Assert.Equal((2L, first.Head.Chain), (second.Head.Epoch, second.Head.Chain));
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

        await Assert.ThrowsAsync<BlobDamagedException>(() => ledger.ReadContentAsync(record, Cancellation));
    }

    [Fact]
    public async Task A_run_ends_once_and_only_by_whoever_leads_it()
    {
        var zombie = await OpenAsync();
        var leader = await OpenAsync();
        var ending = new LedgerEnding(RunStatus.Stopped, "", DateTimeOffset.UnixEpoch);

        await Assert.ThrowsAsync<StaleEpochException>(() => zombie.EndAsync(ending, Cancellation));
        Assert.Null((await new RunLedger(_store, "runs/r").ReadHeadAsync(Cancellation)).Ending);

        await leader.EndAsync(ending, Cancellation);
        Assert.Equal(ending, (await new RunLedger(_store, "runs/r").ReadHeadAsync(Cancellation)).Ending);
    }

    [Fact]
    public async Task A_run_that_goes_back_forgets_what_came_after_and_writes_beside_it()
    {
        var ledger = await OpenAsync();
        await CommitAsync(ledger, 1, "a");
        var first = ledger.Head;
        await CommitAsync(ledger, 2, "b");
        await CommitAsync(ledger, 3, "c");
        await ledger.EndAsync(new LedgerEnding(RunStatus.Failed, "why", DateTimeOffset.UnixEpoch), Cancellation);

        var again = await OpenAsync();
        await again.RewindAsync(1, Cancellation);

        Assert.Equal((1, first.Chain, first.WeightsHash, first.Consumed, first.Dropped), (again.Head.Step, again.Head.Chain, again.Head.WeightsHash, again.Head.Consumed, again.Head.Dropped));
        Assert.Null(again.Head.Ending);
        Assert.Null(await again.ReadStepAsync(2, Cancellation));

        await CommitAsync(again, 2, "other");
        var audit = new LedgerAudit();
        await foreach (var record in again.ReadCommittedAsync(0, Cancellation))
            audit.Add(record);

        Assert.Empty(audit.Findings);
        Assert.Equal(2, audit.Steps);
        Assert.Equal("other"u8.ToArray(), await again.ReadContentAsync((await again.ReadStepAsync(2, Cancellation))!, Cancellation));
        Assert.NotNull(await _store.ReadAsync("runs/r/ledger/steps/00000003.json", Cancellation));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task A_run_cannot_go_back_to_a_step_that_it_never_committed(int step)
    {
        var ledger = await OpenAsync();
        await CommitAsync(ledger, 1, "a");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.RewindAsync(step, Cancellation));
        Assert.Equal(1, (await ledger.ReadHeadAsync(Cancellation)).Step);
    }

    [Fact]
    public async Task A_forked_run_goes_on_from_the_others_state()
    {
        var parent = await OpenAsync();
        await CommitAsync(parent, 1, "a");
        await CommitAsync(parent, 2, "b");
        var fork = new RunLedger(_store, "runs/fork");
        await fork.TakeOverAsync(Cancellation);

        await fork.SeedAsync(await parent.AtAsync(1, Cancellation), Cancellation);
        await CommitAsync(fork, 2, "b");

        Assert.Equal((parent.Head.Chain, parent.Head.Consumed), (fork.Head.Chain, fork.Head.Consumed));
        Assert.Null(await fork.FindChainAsync(0, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fork.RewindAsync(0, Cancellation));
    }

    /// <summary>The step after the rebuilt head is there as a record, and is computed again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_head_is_made_anew_from_the_records(bool wasRewound)
    {
        var ledger = await OpenAsync();
        await CommitAsync(ledger, 1, "a");
        await CommitAsync(ledger, 2, "b");
        if (wasRewound)
        {
            await CommitAsync(ledger, 3, "c");
            await ledger.RewindAsync(1, Cancellation);
            await CommitAsync(ledger, 2, "b");
        }

        var before = ledger.Head;
        var prepared = await ledger.PrepareAsync(Record(ledger, 3, "c"u8), "c"u8.ToArray(), Cancellation);
        await FlipAsync("runs/r/ledger/head.json");

        var rebuilt = new RunLedger(_store, "runs/r");
        await rebuilt.TakeOverAsync(Cancellation);

        Assert.True(rebuilt.Head.Epoch > before.Epoch);
        Assert.Equal(
            (before.Step, before.Chain, before.WeightsHash, before.Consumed, before.Dropped),
            (rebuilt.Head.Step, rebuilt.Head.Chain, rebuilt.Head.WeightsHash, rebuilt.Head.Consumed, rebuilt.Head.Dropped));
        Assert.Equal(prepared.Content, (await rebuilt.ReadStepAsync(3, Cancellation))!.Content);
        await Assert.ThrowsAsync<StaleEpochException>(() => ledger.CommitAsync(prepared, "w3", Cancellation));
    }

    [Fact]
    public async Task A_damaged_record_is_written_anew_before_its_step_is_committed_and_named_after()
    {
        var ledger = await OpenAsync();
        await CommitAsync(ledger, 1, "a");
        await ledger.PrepareAsync(Record(ledger, 2, "b"u8), "b"u8.ToArray(), Cancellation);
        await FlipAsync("runs/r/ledger/steps/00000002.json");

        Assert.Null(await ledger.ReadStepAsync(2, Cancellation));
        await CommitAsync(ledger, 2, "b");
        await FlipAsync("runs/r/ledger/steps/00000002.json");

        var named = await Assert.ThrowsAsync<BlobDamagedException>(() => ledger.ReadStepAsync(2, Cancellation));
        Assert.Contains("00000002.json", named.Message, StringComparison.Ordinal);
    }

    private async Task<RunLedger> OpenAsync()
    {
        var ledger = new RunLedger(_store, "runs/r");
        await ledger.TakeOverAsync(Cancellation);
        return ledger;
    }

    private static async Task CommitAsync(RunLedger ledger, int step, string content)
    {
        var bytes = Encoding.ASCII.GetBytes(content);
        await ledger.CommitAsync(await ledger.PrepareAsync(Record(ledger, step, bytes), bytes, Cancellation), $"w{step}", Cancellation);
    }

    private async Task FlipAsync(string name)
    {
        var content = (await _store.ReadAsync(name, Cancellation))!.Content;
        content[content.Length / 2] ^= 4;
        await _store.WriteAsync(name, content, Cancellation);
    }

    private static StepRecord Record(RunLedger ledger, int step, ReadOnlySpan<byte> content) => Steps.Record(ledger.Head, step, content);
}
