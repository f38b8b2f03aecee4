using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers.GrainStorage;

namespace SeedOrleans.Providers.Tests.GrainStorage;

/// <summary>What Orleans asks of a grain storage.</summary>
public sealed class BlobGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("counter", "run 1/ä");

    private readonly TemporaryStore _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddSingleton<OrleansGrainStorageSerializer>().BuildServiceProvider();
    private readonly BlobGrainStorage _storage;

    public BlobGrainStorageTests() => _storage = new BlobGrainStorage(_folder.Store, "clusters/test", _services.GetRequiredService<OrleansGrainStorageSerializer>());

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task State_that_was_never_written_is_new()
    {
        var state = await ReadAsync();

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(new Counter(), state.State);
    }

    [Fact]
    public async Task State_that_was_damaged_is_not_believed()
    {
        await WriteAsync(new GrainState<Counter>(), 3);
        await _folder.DamageAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<BlobDamagedException>(() => ReadAsync());
    }

    [Fact]
    public async Task State_comes_back_as_it_was_written()
    {
        var written = await WriteAsync(new GrainState<Counter>(), 3);

        var read = await ReadAsync();

        Assert.True(written.RecordExists && read.RecordExists);
        Assert.Equal(3, read.State?.Count);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task Each_write_has_an_etag_of_its_own()
    {
        var state = await WriteAsync(new GrainState<Counter>(), 1);
        var first = state.ETag;

        await WriteAsync(state, 1);

        Assert.NotEqual(first, state.ETag);
    }

    [Fact]
    public async Task A_stale_activation_writes_nothing()
    {
        await WriteAsync(new GrainState<Counter>(), 1);
        var (living, zombie) = (await ReadAsync(), await ReadAsync());
        await WriteAsync(living, 2);

        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(zombie, 9));
        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(zombie));

        Assert.Equal((living.ETag, zombie.ETag), (refused.StoredEtag, refused.CurrentEtag));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Two_first_writes_are_one_too_many()
    {
        await WriteAsync(new GrainState<Counter>(), 1);

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(new GrainState<Counter>(), 2));
    }

    [Fact]
    public async Task Cleared_state_is_new_again_and_its_old_etags_are_void()
    {
        var state = await WriteAsync(new GrainState<Counter>(), 1);
        var zombie = await ReadAsync();

        await ClearAsync(state);

        Assert.False(state.RecordExists);
        var read = await ReadAsync();
        Assert.False(read.RecordExists);
        Assert.Equal(new Counter(), read.State);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(zombie, 9));
        await WriteAsync(read, 5);
        Assert.Equal(5, await CountAsync());
    }

    [Fact]
    public async Task Of_racing_writes_with_one_etag_one_succeeds()
    {
        await WriteAsync(new GrainState<Counter>(), 0);
        var states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync()));

        var failures = await Task.WhenAll(states.Select((state, at) => Record.ExceptionAsync(() => WriteAsync(state, at + 1)).AsTask()));

        var winner = Assert.Single(failures.Index(), failure => failure.Item is null).Index;
        Assert.All(failures, failure => Assert.True(failure is null or InconsistentStateException));
        Assert.Equal(winner + 1, await CountAsync());
    }

    [Fact]
    public async Task States_and_grains_of_other_names_are_others()
    {
        await WriteAsync(new GrainState<Counter>(), 1);
        var other = new GrainState<Counter>();

        await _storage.ReadStateAsync("other", Grain, other);
        Assert.False(other.RecordExists);
        await _storage.ReadStateAsync("state", GrainId.Create("counter", "run 1/a"), other);
        Assert.False(other.RecordExists);
    }

    private async Task<GrainState<Counter>> ReadAsync()
    {
        var state = new GrainState<Counter>();
        await _storage.ReadStateAsync("state", Grain, state);
        return state;
    }

    private async Task<int?> CountAsync() => (await ReadAsync()).State?.Count;

    private async Task<GrainState<Counter>> WriteAsync(GrainState<Counter> state, int count)
    {
        state.State = new Counter { Count = count };
        await _storage.WriteStateAsync("state", Grain, state);
        return state;
    }

    private Task ClearAsync(GrainState<Counter> state) => _storage.ClearStateAsync("state", Grain, state);
}
