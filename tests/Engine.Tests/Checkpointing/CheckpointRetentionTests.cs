using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Tests.Storage;

namespace SeedOrleans.Engine.Tests.Checkpointing;

public sealed class CheckpointRetentionTests : IDisposable
{
    private readonly CheckpointFixture _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 3, 0, "c000002-s00000003")]
    [InlineData(2, 3, 1, "c000002-s00000003-b1")]
    [InlineData(1234567, 123456789, 12, "c1234567-s123456789-b12")]
    public void A_name_tells_where_in_a_runs_history_a_checkpoint_stands(int coldStartSteps, int step, int branch, string name)
    {
        Assert.Equal(name, CheckpointStore.NameOf(coldStartSteps, step, branch));
        Assert.Equal(new CheckpointName(coldStartSteps, step, branch), CheckpointName.TryParse(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2-s3")]
    [InlineData("c000002-s00000003-b0")]
    [InlineData("c000002-s00000003-b01")]
    [InlineData("c000002-s99999999999")]
    [InlineData("c000002-s00000003.old")]
    public void Other_texts_are_no_names(string text) => Assert.Null(CheckpointName.TryParse(text));

    [Fact]
    public async Task A_later_branch_comes_after_all_of_an_earlier_one()
    {
        foreach (var (step, branch) in ((int, int)[])[(9, 0), (2, 1), (10, 0), (1, 2)])
            await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step, branch: branch);

        Assert.Equal(
            ["c000002-s00000009", "c000002-s00000010", "c000002-s00000002-b1", "c000002-s00000001-b2"], await _folder.Checkpoints.ListAsync(Token));
        Assert.Equal(1, (await _folder.Checkpoints.ReadAsync("c000002-s00000002-b1", Token)).Branch);
        await CheckpointFixture.LoadAsync(_folder.Checkpoints, "c000002-s00000002-b1");
    }

    [Fact]
    public async Task Its_bytes_are_counted()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);

        Assert.Equal((7 * 4) + (30 * 4) + (60 * 2) + 4, CheckpointStore.BytesOf(await _folder.Checkpoints.ReadAsync(CheckpointStore.NameOf(2, 3), Token)));
    }

    [Fact]
    public async Task What_is_beyond_retention_goes_unless_it_is_pinned_or_held()
    {
        await SaveAsync(1, 2, 3, 4, 5, 6);
        await _folder.Checkpoints.PinAsync(NameOf(1), Token);
        await _folder.Checkpoints.PinAsync(NameOf(3), Token);
        await _folder.Checkpoints.UnpinAsync(NameOf(3), Token);

        var removed = await _folder.Checkpoints.CollectGarbageAsync(keep: 2, name => name == NameOf(2), Token);

        Assert.Equal([NameOf(1), NameOf(2), NameOf(5), NameOf(6)], await _folder.Checkpoints.ListAsync(Token));
        Assert.Equal(
            from step in (int[])[3, 4]
            from file in (string[])["manifest.json", CheckpointFixture.FileOf(1, 0), CheckpointFixture.FileOf(1, 1)]
            select $"{NameOf(step)}/{file}",
            removed);
        Assert.All(await _folder.FilesAsync(), file => Assert.Matches("s0000000[1256]/", file));
        Assert.Empty(await _folder.Checkpoints.CollectGarbageAsync(keep: 2, name => name == NameOf(2), Token));
    }

    [Fact]
    public async Task Files_of_saves_that_never_committed_go_but_not_those_of_one_that_may_be_on_its_way()
    {
        await SaveAsync(2, 4);
        foreach (var step in (int[])[1, 3, 5])
            await _folder.Checkpoints.WriteShardAsync(NameOf(step), CheckpointFixture.FileOf(1, 0), CheckpointFixture.PiecesOf(step, 0, 2), Token);

        await _folder.Checkpoints.WriteShardAsync(NameOf(4), CheckpointFixture.FileOf(9, 0), CheckpointFixture.PiecesOf(4, 0, 2), Token);
        var removed = await _folder.Checkpoints.CollectGarbageAsync(keep: 9, name => name == NameOf(3), Token);

        Assert.Equal([$"{NameOf(1)}/{CheckpointFixture.FileOf(1, 0)}", $"{NameOf(4)}/{CheckpointFixture.FileOf(9, 0)}"], removed);
        Assert.Contains($"{NameOf(3)}/{CheckpointFixture.FileOf(1, 0)}", await _folder.FilesAsync());
        Assert.Contains($"{NameOf(5)}/{CheckpointFixture.FileOf(1, 0)}", await _folder.FilesAsync());
        await CheckpointFixture.LoadAsync(_folder.Checkpoints, NameOf(2));
        await CheckpointFixture.LoadAsync(_folder.Checkpoints, NameOf(4));
    }

    [Fact]
    public async Task A_damaged_checkpoint_does_not_count_as_kept()
    {
        await SaveAsync(1, 2, 3);
        await _folder.Store.WriteAsync(CheckpointFixture.BlobOf(NameOf(3), "manifest.json"), new byte[5], Token);

        await _folder.Checkpoints.CollectGarbageAsync(keep: 1, _ => false, Token);

        Assert.Equal([NameOf(2), NameOf(3)], await _folder.Checkpoints.ListAsync(Token));
        await CheckpointFixture.LoadAsync(_folder.Checkpoints, NameOf(2));
    }

    [Fact]
    public async Task A_pinned_checkpoint_is_not_removed()
    {
        await SaveAsync(1);
        await _folder.Checkpoints.PinAsync(NameOf(1), Token);
        await _folder.Checkpoints.PinAsync(NameOf(1), Token);

        Assert.False(await _folder.Checkpoints.RemoveAsync(NameOf(1), Token));
        Assert.True(await _folder.Checkpoints.IsPinnedAsync(NameOf(1), Token));
        await CheckpointFixture.LoadAsync(_folder.Checkpoints, NameOf(1));

        await _folder.Checkpoints.UnpinAsync(NameOf(1), Token);
        Assert.False(await _folder.Checkpoints.IsPinnedAsync(NameOf(1), Token));
        Assert.True(await _folder.Checkpoints.RemoveAsync(NameOf(1), Token));
        Assert.Empty(await _folder.FilesAsync());
    }

    [Fact]
    public async Task A_pin_of_nothing_is_refused_and_leaves_nothing()
    {
        var refused = await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.PinAsync(NameOf(1), Token));

        Assert.Contains("There is no checkpoint", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await _folder.FilesAsync());
    }

    /// <summary>A remover that dies at any call, then a pin: either the pin is granted and the checkpoint is whole, or it is refused.</summary>
    [Fact]
    public async Task A_pin_is_kept_or_refused_wherever_a_removal_stands()
    {
        var (granted, refused) = (0, 0);
        await FaultyStore.AtEveryCallAsync([Fault.CrashBefore, Fault.CrashAfter], async (fault, at) =>
        {
            using var folder = new CheckpointFixture();
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 1);
            var faulty = new FaultyStore(folder.Store, fault, at);
            try
            {
                await CheckpointFixture.Over(faulty).RemoveAsync(NameOf(1), Token);
            }
            catch (ProcessDiedException)
            {
            }

            try
            {
                await folder.Checkpoints.PinAsync(NameOf(1), Token);
                Assert.False(await folder.Checkpoints.RemoveAsync(NameOf(1), Token));
                await CheckpointFixture.LoadAsync(folder.Checkpoints, NameOf(1));
                granted++;
            }
            catch (CheckpointException)
            {
                Assert.True(await folder.Checkpoints.RemoveAsync(NameOf(1), Token));
                Assert.Empty(await folder.FilesAsync());
                refused++;
            }

            return faulty;
        });

        Assert.True(granted > 0 && refused > 0);
    }

    /// <summary>The same the other way round, and both at once.</summary>
    [Fact]
    public async Task Of_a_pin_and_a_removal_that_race_one_wins()
    {
        for (var round = 0; round < 40; round++)
        {
            using var folder = new CheckpointFixture();
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 1);

            var pin = Task.Run(() => folder.Checkpoints.PinAsync(NameOf(1), Token), Token);
            var removal = Task.Run(() => folder.Checkpoints.RemoveAsync(NameOf(1), Token), Token);
            var isRemoved = await removal;
            var isPinned = await Record.ExceptionAsync(() => pin) is null;

            Assert.NotEqual(isPinned, isRemoved);
            if (isPinned)
                await CheckpointFixture.LoadAsync(folder.Checkpoints, NameOf(1));
            else
                Assert.Empty(await folder.FilesAsync());
        }
    }

    /// <summary>Garbage collection stops after each of its calls, a late commit comes, and the collection goes on.</summary>
    [Fact]
    public async Task A_late_commit_makes_a_whole_checkpoint_or_none()
    {
        var outcomes = new HashSet<bool>();
        for (var stop = 1; ; stop++)
        {
            using var folder = new CheckpointFixture();
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 2);
            List<(string, TensorRecord)> parts = [];
            for (var rank = 0; rank < 2; rank++)
                parts.AddRange(await folder.Checkpoints.WriteShardAsync(NameOf(1), CheckpointFixture.FileOf(1, rank), CheckpointFixture.PiecesOf(1, rank, 2), Token));

            var late = CheckpointFixture.ManifestOf(1) with { Tensors = CheckpointStore.Merge(parts) };
            var paused = new PausingStore(folder.Store, stop);
            var collection = CheckpointFixture.Over(paused).CollectGarbageAsync(keep: 2, _ => false, Token);
            await Task.WhenAny(paused.Reached, collection);
            var isThere = await TryCommitAsync(folder.Checkpoints, late);
            paused.GoOn();
            await collection;

            outcomes.Add(isThere);
            Assert.Equal(isThere ? [NameOf(1), NameOf(2)] : [NameOf(2)], await folder.Checkpoints.ListAsync(Token));
            if (isThere)
                await CheckpointFixture.LoadAsync(folder.Checkpoints, NameOf(1));

            if (!paused.Reached.IsCompleted)
                break;
        }

        Assert.Equal(2, outcomes.Count);
    }

    private static async Task<bool> TryCommitAsync(CheckpointStore checkpoints, CheckpointManifest manifest)
    {
        try
        {
            return await checkpoints.TryCommitAsync(manifest, Token);
        }
        catch (CheckpointException lost)
        {
            Assert.Contains("is missing", lost.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static string NameOf(int step) => CheckpointStore.NameOf(2, step);

    private async Task SaveAsync(params int[] steps)
    {
        foreach (var step in steps)
            Assert.True(await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step));
    }
}
