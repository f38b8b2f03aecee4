using System.Collections.Concurrent;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>What <see cref="IBlobStore"/> promises, asked of every store in the same words.</summary>
public abstract class BlobStoreConformance
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task What_is_written_is_read()
    {
        var tag = await Store.WriteAsync("a/b.bin", Bytes(1, 2, 3), Token);

        var blob = await Store.ReadAsync("a/b.bin", Token);
        Assert.Equal([1, 2, 3], blob!.Content);
        Assert.Equal(tag, blob.Tag);
    }

    [Fact]
    public async Task What_is_not_there_is_null() => Assert.Null(await Store.ReadAsync("nothing/here", Token));

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        await Store.WriteAsync("empty", Bytes(), Token);

        Assert.Empty((await Store.ReadAsync("empty", Token))!.Content);
    }

    [Fact]
    public async Task Parts_are_written_in_their_order()
    {
        await Store.WriteAsync("parts", new BlobContent([new byte[] { 1, 2 }, Array.Empty<byte>(), new byte[] { 3 }]), Token);

        Assert.Equal([1, 2, 3], (await Store.ReadAsync("parts", Token))!.Content);
    }

    [Fact]
    public async Task A_write_replaces_whatever_was_there()
    {
        var first = await Store.WriteAsync("name", Bytes(1), Token);
        var second = await Store.WriteAsync("name", Bytes(2), Token);

        Assert.NotEqual(first, second);
        Assert.Equal([2], (await Store.ReadAsync("name", Token))!.Content);
    }

    [Fact]
    public async Task Ranges_are_read_alone()
    {
        await Store.WriteAsync("range", Bytes(0, 1, 2, 3, 4, 5), Token);
        var buffer = new byte[3];

        await Store.ReadRangeAsync("range", 2, buffer, Token);

        Assert.Equal([2, 3, 4], buffer);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 1)]
    [InlineData(100, 1)]
    public async Task A_range_past_the_end_is_named(long offset, int count)
    {
        await Store.WriteAsync("short", Bytes(0, 1, 2, 3, 4, 5), Token);

        var failure = await Assert.ThrowsAsync<BlobException>(() => Store.ReadRangeAsync("short", offset, new byte[count], Token));

        Assert.Contains("'short'", failure.Message);
        Assert.Contains("has 6 bytes", failure.Message);
    }

    [Fact]
    public async Task A_range_of_nothing_is_named()
    {
        var failure = await Assert.ThrowsAsync<BlobMissingException>(() => Store.ReadRangeAsync("no/such", 0, new byte[1], Token));

        Assert.Contains("no blob 'no/such'", failure.Message);
    }

    [Fact]
    public async Task A_name_is_created_once()
    {
        Assert.NotNull(await Store.TryCreateAsync("once", Bytes(1), Token));
        Assert.Null(await Store.TryCreateAsync("once", Bytes(2), Token));

        Assert.Equal([1], (await Store.ReadAsync("once", Token))!.Content);
    }

    [Fact]
    public async Task A_replaced_name_is_not_created_again()
    {
        var tag = await Store.TryCreateAsync("once", Bytes(1), Token);
        for (byte next = 2; next < 50; next++)
            tag = await Store.TryReplaceAsync("once", Bytes(next), tag!.Value, Token);

        Assert.Null(await Store.TryCreateAsync("once", Bytes(100), Token));
        Assert.Equal([49], (await Store.ReadAsync("once", Token))!.Content);
    }

    [Fact]
    public async Task Only_the_expected_content_is_replaced()
    {
        var first = await Store.WriteAsync("register", Bytes(1), Token);
        var second = await Store.TryReplaceAsync("register", Bytes(2), first, Token);

        Assert.NotNull(second);
        Assert.Null(await Store.TryReplaceAsync("register", Bytes(3), first, Token));
        Assert.Equal([2], (await Store.ReadAsync("register", Token))!.Content);
        Assert.NotNull(await Store.TryReplaceAsync("register", Bytes(3), second.Value, Token));
    }

    [Fact]
    public async Task What_is_gone_is_not_replaced()
    {
        var first = await Store.WriteAsync("gone", Bytes(1), Token);
        await Store.DeleteAsync("gone", Token);
        Assert.Null(await Store.TryReplaceAsync("gone", Bytes(2), first, Token));

        // Nor is what came after it.
        await Store.WriteAsync("gone", Bytes(1), Token);
        Assert.Null(await Store.TryReplaceAsync("gone", Bytes(2), first, Token));
        Assert.Equal([1], (await Store.ReadAsync("gone", Token))!.Content);
    }

    [Fact]
    public async Task An_old_tag_stays_old_however_many_writes_have_passed()
    {
        var old = await Store.WriteAsync("busy", Bytes(0), Token);
        for (byte next = 1; next < 80; next++)
            await Store.WriteAsync("busy", Bytes(next), Token);

        Assert.Null(await Store.TryReplaceAsync("busy", Bytes(255), old, Token));
        Assert.Equal([79], (await Store.ReadAsync("busy", Token))!.Content);
    }

    [Fact]
    public async Task Deleting_takes_everything_and_may_be_repeated()
    {
        await Store.DeleteAsync("never/was", Token);
        await Store.WriteAsync("doomed", Bytes(1), Token);
        await Store.WriteAsync("doomed", Bytes(2), Token);

        await Store.DeleteAsync("doomed", Token);
        await Store.DeleteAsync("doomed", Token);

        Assert.Null(await Store.ReadAsync("doomed", Token));
        Assert.Empty(await ListAsync("doomed"));
        Assert.NotNull(await Store.TryCreateAsync("doomed", Bytes(3), Token));
    }

    [Fact]
    public async Task Listing_gives_names_and_lengths_in_ordinal_order()
    {
        foreach (var name in (string[])["log/b/2", "log/a", "log/b/10", "log/B", "lag", "log.x", "logs/1"])
            await Store.WriteAsync(name, new byte[name.Length], Token);

        await Store.WriteAsync("log/a", new byte[9], Token);

        Assert.Equal(["log/B", "log/a", "log/b/10", "log/b/2"], await ListAsync("log/"));
        Assert.Equal(["log.x", "log/B", "log/a", "log/b/10", "log/b/2", "logs/1"], await ListAsync("log"));
        Assert.Equal(["log/b/10", "log/b/2"], await ListAsync("log/b/"));
        Assert.Equal(["log/b/10"], await ListAsync("log/b/1"));
        Assert.Empty(await ListAsync("nothing/"));
        Assert.Equal(7, (await ListAsync("")).Count);
        Assert.Equal(9, (await Store.ListAsync("log/a", Token).SingleAsync(Token)).Length);
    }

    [Fact]
    public async Task Of_many_creators_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Store.TryCreateAsync("race", Bytes((byte)writer), Token)));

        var winner = Assert.Single(results.Index(), result => result.Item is not null);
        Assert.Equal([(byte)winner.Index], (await Store.ReadAsync("race", Token))!.Content);
    }

    [Fact]
    public async Task Of_many_replacers_of_one_content_one_wins()
    {
        var tag = await Store.WriteAsync("race", Bytes(255), Token);
        for (var round = 0; round < 10; round++)
        {
            var expected = tag;
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Store.TryReplaceAsync("race", Bytes((byte)writer), expected, Token)));

            var winner = Assert.Single(results.Index(), result => result.Item is not null);
            var now = await Store.ReadAsync("race", Token);
            Assert.Equal([(byte)winner.Index], now!.Content);
            Assert.Equal(winner.Item, now.Tag);
            tag = now.Tag;
        }
    }

    [Fact]
    public async Task No_content_is_replaced_twice_though_its_name_is_deleted_and_made_again()
    {
        const int Writers = 3;
        const int Calls = 60;
        ConcurrentBag<BlobTag> replaced = [], written = [];
        await Task.WhenAll(
            [Task.Run(DeleteAndCreateAsync, Token), .. Enumerable.Range(0, Writers).Select(_ => Task.Run(ReplaceAsync, Token))]);

        Assert.Equal(replaced.Distinct().Count(), replaced.Count);
        Assert.Equal(written.Distinct().Count(), written.Count);

        async Task DeleteAndCreateAsync()
        {
            for (var call = 0; call < Calls; call++)
            {
                if (await Store.TryCreateAsync("busy", Bytes(1), Token) is { } created)
                    written.Add(created);

                if (call % 3 == 0)
                    await Store.DeleteAsync("busy", Token);
            }
        }

        async Task ReplaceAsync()
        {
            for (var call = 0; call < Calls; call++)
                if (await Store.ReadAsync("busy", Token) is { } now && await Store.TryReplaceAsync("busy", Bytes(2), now.Tag, Token) is { } tag)
                {
                    replaced.Add(now.Tag);
                    written.Add(tag);
                }
        }
    }

    [Fact]
    public async Task Racing_increments_lose_none()
    {
        const int Writers = 4;
        const int Increments = 25;
        await Store.WriteAsync("counter", Bytes(0), Token);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => IncrementAsync(Increments)));

        Assert.Equal([Writers * Increments], (await Store.ReadAsync("counter", Token))!.Content);
    }

    [Fact]
    public async Task A_reader_sees_all_of_a_write_or_none()
    {
        const int Length = 200_000;
        await Store.WriteAsync("whole", Filled(0), Token);
        var writing = Task.Run(
            async () =>
            {
                for (byte next = 1; next <= 40; next++)
                    await Store.WriteAsync("whole", Filled(next), Token);
            },
            Token);

        do
        {
            var content = (await Store.ReadAsync("whole", Token))!.Content;
            Assert.Equal(Length, content.Length);
            Assert.Equal(-1, content.AsSpan().IndexOfAnyExcept(content[0]));
        }
        while (!writing.IsCompleted);
        await writing;

        static byte[] Filled(byte value)
        {
            var content = new byte[Length];
            Array.Fill(content, value);
            return content;
        }
    }

    [Fact]
    public async Task Large_content_in_parts_comes_back_whole_and_in_ranges()
    {
        var parts = Enumerable.Range(0, 5).Select(seed => Noise(seed, 17_000_003)).ToArray();
        await Store.WriteAsync("large", new BlobContent([.. parts.Select(part => new ReadOnlyMemory<byte>(part))]), Token);

        var whole = new byte[parts.Sum(part => part.Length)];
        await Store.ReadRangeAsync("large", 0, whole, Token);
        Assert.True(whole.AsSpan().SequenceEqual(parts.SelectMany(part => part).ToArray()));

        var middle = new byte[parts[0].Length];
        await Store.ReadRangeAsync("large", 3 * middle.Length, middle, Token);
        Assert.True(middle.AsSpan().SequenceEqual(parts[3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData(".hidden")]
    [InlineData("a~2")]
    [InlineData("a\\b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    public async Task Names_that_some_store_could_not_keep_are_refused_by_all(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(name, Bytes(1), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadAsync(name, Token));
    }

    protected static byte[] Bytes(params byte[] bytes) => bytes;

    protected async Task<List<string>> ListAsync(string prefix) => await Store.ListAsync(prefix, Token).Select(entry => entry.Name).ToListAsync(Token);

    private async Task IncrementAsync(int times)
    {
        for (var done = 0; done < times;)
        {
            var now = await Store.ReadAsync("counter", Token);
            if (await Store.TryReplaceAsync("counter", Bytes((byte)(now!.Content[0] + 1)), now.Tag, Token) is not null)
                done++;
        }
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
