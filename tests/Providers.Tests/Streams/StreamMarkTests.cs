using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers.Streams;

namespace SeedOrleans.Providers.Tests.Streams;

public sealed class StreamMarkTests : IDisposable
{
    private readonly TemporaryStore _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_only_moves_forward()
    {
        var mark = new StreamMark(_folder.Store, "mark", isBeginningSafe: false);
        Assert.Equal(StreamMark.Beginning, await mark.ReadAsync(Cancellation));

        await mark.AdvanceAsync(5, Cancellation);
        await mark.AdvanceAsync(3, Cancellation);

        Assert.Equal(5, await mark.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_damaged_one_means_the_beginning_where_that_is_safe()
    {
        var mark = new StreamMark(_folder.Store, "mark", isBeginningSafe: true);
        await mark.AdvanceAsync(5, Cancellation);
        await _folder.DamageAsync(Cancellation);

        Assert.Equal(StreamMark.Beginning, await mark.ReadAsync(Cancellation));
        await mark.AdvanceAsync(6, Cancellation);
        Assert.Equal(6, await mark.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_damaged_one_is_named_where_it_is_not()
    {
        var mark = new StreamMark(_folder.Store, "mark", isBeginningSafe: false);
        await mark.AdvanceAsync(5, Cancellation);
        await _folder.DamageAsync(Cancellation);

        await Assert.ThrowsAsync<BlobDamagedException>(() => mark.ReadAsync(Cancellation));
    }
}
