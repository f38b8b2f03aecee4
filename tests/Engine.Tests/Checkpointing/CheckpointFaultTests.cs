using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Tests.Storage;

namespace SeedOrleans.Engine.Tests.Checkpointing;

/// <summary>Every fault at every call to the store: what is read back is what was written, or an error says that it is not.</summary>
public sealed class CheckpointFaultTests
{
    private static readonly string Old = CheckpointStore.NameOf(2, 3), New = CheckpointStore.NameOf(2, 4), Later = CheckpointStore.NameOf(2, 5);

    /// <summary>Those that a caller is told of, or that do no harm; the others are lies, which only reading can find out.</summary>
    private static readonly Fault[] Honest =
        [Fault.CrashBefore, Fault.CrashAfter, Fault.Duplicate, Fault.Delay, Fault.TornCrash, Fault.FlipOnRead, Fault.Conflict, Fault.Unavailable];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_that_is_hit_anywhere_leaves_the_last_checkpoint_or_the_new_one_whole()
    {
        var struck = await FaultyStore.AtEveryCallAsync(Enum.GetValues<Fault>(), async (fault, at) =>
        {
            using var folder = new CheckpointFixture();
            Assert.True(await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 3));
            var faulty = new FaultyStore(folder.Store, fault, at);

            var isSaved = await TryAsync(() => CheckpointFixture.TrySaveAsync(CheckpointFixture.Over(faulty), step: 4));

            var newest = await folder.FindNewestSoundAsync();
            Assert.True(newest == New || newest == Old, $"{fault} at call {at}: {newest} is the newest checkpoint that loads.");
            if (isSaved && Honest.Contains(fault))
                Assert.Equal(New, newest);

            // The run goes on: another incarnation saves the step again, or a later one.
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 4, epoch: 2);
            Assert.True(await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 5, epoch: 2));
            Assert.Equal(Later, await folder.FindNewestSoundAsync());
            return faulty;
        });

        Assert.InRange(struck, 11 * 4, 1000);
    }

    [Fact]
    public async Task A_load_that_is_hit_anywhere_brings_what_was_written_or_says_what_is_wrong()
    {
        var struck = await FaultyStore.AtEveryCallAsync(Enum.GetValues<Fault>(), async (fault, at) =>
        {
            using var folder = new CheckpointFixture();
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 3);
            await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step: 4);
            var faulty = new FaultyStore(folder.Store, fault, at);
            var isRight = await TryAsync(async () =>
            {
                await CheckpointFixture.LoadAsync(CheckpointFixture.Over(faulty), New);
                return true;
            });

            var isHarmless = fault is Fault.Duplicate or Fault.Delay or Fault.TornWrite or Fault.TornCrash or Fault.Conflict || !faulty.HasStruck;
            Assert.Equal(isHarmless, isRight);

            var lasts = fault is Fault.FlipAtRest or Fault.Missing && faulty.HasStruck;
            Assert.Equal(lasts ? Old : New, await folder.FindNewestSoundAsync());
            Assert.Equal(lasts, (await folder.Checkpoints.VerifyAsync(New, Token)).Count > 0);
            return faulty;
        });

        Assert.InRange(struck, 11 * 8, 1000);
    }

    [Fact]
    public async Task Garbage_collection_that_is_hit_anywhere_takes_nothing_that_is_kept()
    {
        var struck = await FaultyStore.AtEveryCallAsync(Honest, async (fault, at) =>
        {
            using var folder = new CheckpointFixture();
            foreach (var step in (int[])[1, 2, 3, 4])
                await CheckpointFixture.TrySaveAsync(folder.Checkpoints, step);

            var (removed, pinned) = (CheckpointStore.NameOf(2, 2), CheckpointStore.NameOf(2, 1));
            await folder.Checkpoints.PinAsync(pinned, Token);
            var faulty = new FaultyStore(folder.Store, fault, at);
            await TryAsync(async () =>
            {
                await CheckpointFixture.Over(faulty).CollectGarbageAsync(keep: 2, _ => false, Token);
                return true;
            });

            // What it began is half done at most, and is no checkpoint from its first deletion on.
            var left = await folder.Checkpoints.ListAsync(Token);
            Assert.Equal([pinned, Old, New], left.Where(name => name != removed));
            foreach (var name in left)
                await CheckpointFixture.LoadAsync(folder.Checkpoints, name);

            // The next one finishes it. A claim that was torn is no claim, and keeps the checkpoint until somebody says otherwise.
            if (await folder.Checkpoints.IsPinnedAsync(removed, Token))
            {
                Assert.Equal(Fault.TornCrash, fault);
                await folder.Checkpoints.UnpinAsync(removed, Token);
            }

            await folder.Checkpoints.CollectGarbageAsync(keep: 2, _ => false, Token);
            Assert.Equal([pinned, Old, New], await folder.Checkpoints.ListAsync(Token));
            Assert.DoesNotContain(await folder.FilesAsync(), file => file.StartsWith(removed, StringComparison.Ordinal));
            return faulty;
        });

        Assert.InRange(struck, Honest.Length * 10, 1000);
    }

    /// <returns>False where it failed by a named error, as it may.</returns>
    private static async Task<bool> TryAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception named) when (named is ProcessDiedException or IOException)
        {
            return false;
        }
    }
}
