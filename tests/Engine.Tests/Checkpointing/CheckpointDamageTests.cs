using System.Text;
using System.Text.Json;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Tests.Checkpointing;

public sealed class CheckpointDamageTests : IDisposable
{
    private static readonly string Name = CheckpointStore.NameOf(2, 3), DataFile = CheckpointFixture.FileOf(epoch: 1, rank: 1);

    private readonly CheckpointFixture _folder = new();

    public static TheoryData<string, Func<CheckpointManifest, CheckpointManifest>> Untrue => new()
    {
        { "counts is negative", manifest => manifest with { Updates = -1 } },
        { "policy/norm is of the type F8", manifest => Change(manifest, tensor => tensor with { Dtype = "F8" }) },
        { "impossible shape [0]", manifest => Change(manifest, tensor => tensor with { Shape = [0] }) },
        { "impossible shape", manifest => Change(manifest, tensor => tensor with { Shape = [long.MaxValue] }) },
        { "its shards hold 3", manifest => Change(manifest, tensor => tensor with { Shards = tensor.Shards.RemoveAt(1) }) },
        { "has 9 elements, and its shards hold 7", manifest => Change(manifest, tensor => tensor with { Shape = [9] }) },
        { "reaches from 3 over 4 of the 6 elements", manifest => Change(manifest, tensor => tensor with { Shape = [6] }) },
        { "reaches from -1 over 3", manifest => Change(manifest, shard => shard with { Offsets = [-1] }) },
        { "reaches from 0 over -3", manifest => Change(manifest, shard => shard with { Lengths = [-3] }) },
        { "another number of dimensions", manifest => Change(manifest, shard => shard with { Offsets = [0, 0] }) },
        { "two shards that hold the element [2]", manifest => Change(manifest, shard => shard with { Lengths = [4], Bytes = 16 }, at: 1, move: 2) },
        { "which its box does not fill", manifest => Change(manifest, shard => shard with { Bytes = 16 }) },
        { "from byte -8", manifest => Change(manifest, shard => shard with { Start = -8 }) },
        { "share byte", manifest => Change(manifest, shard => shard with { Start = shard.Start + 4 }) },
        { "'../other', which", manifest => Change(manifest, shard => shard with { File = "../other" }) },
        { "'manifest.json'", manifest => Change(manifest, shard => shard with { File = "manifest.json" }) },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_flipped_bit_of_a_manifest_is_found()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        var whole = (await _folder.Store.ReadAsync(CheckpointFixture.BlobOf(Name, "manifest.json"), Token))!.Content;
        var random = new Random(3);
        for (var trial = 0; trial < 100; trial++)
        {
            var bit = random.Next(whole.Length * 8);
            await DamageAsync("manifest.json", bytes => Flip(bytes, bit));

            var found = await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.ReadAsync(Name, Token));
            Assert.Contains("Use an older checkpoint.", found.Message, StringComparison.Ordinal);
            await DamageAsync("manifest.json", bytes => Flip(bytes, bit));
        }

        await CheckpointFixture.LoadAsync(_folder.Checkpoints, Name);
    }

    [Fact]
    public async Task Any_flipped_bit_of_a_file_is_found_by_whoever_reads_any_part_of_what_it_hit()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        var manifest = await _folder.Checkpoints.ReadAsync(Name, Token);
        foreach (var (tensor, record) in manifest.Tensors)
            foreach (var shard in record.Shards)
            {
                Task<CheckpointException> ReadFirstAsync() => Assert.ThrowsAsync<CheckpointException>(() =>
                    _folder.Checkpoints.ReadTensorAsync(
                        manifest, tensor, new Box([.. shard.Box().Offsets], [.. shard.Lengths.Select(_ => 1L)]), new byte[TensorPiece.SizeOf(record.Dtype)], Token));

                await DamageAsync(shard.File, bytes => Flip(bytes, (8 * (shard.Start + shard.Bytes)) - 1));

                // Of the shard's elements the first is read, and the last is damaged.
                var found = await ReadFirstAsync();
                Assert.Contains($"{tensor} in '{CheckpointFixture.BlobOf(Name, shard.File)}', bytes {shard.Start} to {shard.Start + shard.Bytes},", found.Message, StringComparison.Ordinal);
                Assert.Contains("not what was written; use an older checkpoint", found.Message, StringComparison.Ordinal);
                Assert.Equal([found.Message], await _folder.Checkpoints.VerifyAsync(Name, Token));
                await DamageAsync(shard.File, bytes => Flip(bytes, (8 * (shard.Start + shard.Bytes)) - 1));
            }

        Assert.Empty(await _folder.Checkpoints.VerifyAsync(Name, Token));
    }

    [Fact]
    public async Task Verifying_reads_headers_too()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        await DamageAsync(DataFile, bytes => Flip(bytes, 100));

        Assert.Contains("The header of", Assert.Single(await _folder.Checkpoints.VerifyAsync(Name, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_damaged_place_is_listed()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        await DamageAsync(DataFile, bytes => Flip(Flip(bytes, (8 * bytes.Length) - 1), (8 * bytes.Length) - 800));
        await DamageAsync(CheckpointFixture.FileOf(epoch: 1, rank: 0), bytes => Flip(bytes, (8 * bytes.Length) - 1));

        Assert.Equal(3, (await _folder.Checkpoints.VerifyAsync(Name, Token)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_file_that_is_cut_short_is_named(int missing)
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        await DamageAsync(DataFile, bytes => bytes[..^missing]);

        var found = await Assert.ThrowsAsync<CheckpointException>(() => CheckpointFixture.LoadAsync(_folder.Checkpoints, Name));
        Assert.Contains("It is cut short", found.Message, StringComparison.Ordinal);
        Assert.Contains("Use an older checkpoint.", found.Message, StringComparison.Ordinal);
        Assert.Contains("bytes, and", Assert.Single(await _folder.Checkpoints.VerifyAsync(Name, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        await _folder.Store.DeleteAsync(CheckpointFixture.BlobOf(Name, DataFile), Token);

        var found = await Assert.ThrowsAsync<CheckpointException>(() => CheckpointFixture.LoadAsync(_folder.Checkpoints, Name));
        Assert.Contains(DataFile, found.Message, StringComparison.Ordinal);
        Assert.Contains("is missing; use an older checkpoint", Assert.Single(await _folder.Checkpoints.VerifyAsync(Name, Token)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Untrue))]
    public async Task A_manifest_that_cannot_be_true_is_neither_committed_nor_believed(string why, Func<CheckpointManifest, CheckpointManifest> change)
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        var untrue = change(await _folder.Checkpoints.ReadAsync(Name, Token));
        await _folder.Store.WriteAsync(CheckpointFixture.BlobOf(Name, "manifest.json"), SealedJson(untrue), Token);

        var refused = await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.TryCommitAsync(untrue, Token));
        var found = await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.ReadAsync(Name, Token));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be trusted", found.Message, StringComparison.Ordinal);
        Assert.Contains(why, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"format":2,"coldStartSteps":2,"step":3,"updates":3,"cursor":1,"chain":"c","weightsHash":"w","ranks":1,"tensors":{"t":{"dtype":"F32"}}}""")]
    [InlineData("""{"format":2,"coldStartSteps":2,"step":3,"updates":3,"cursor":1,"chain":"c","weightsHash":"w","ranks":1,"tensors":{"t":{"dtype":"F32","shape":[1],"shards":[null]}}}""")]
    public async Task A_document_that_is_no_manifest_is_refused(string json)
    {
        await _folder.Store.WriteAsync(CheckpointFixture.BlobOf(Name, "manifest.json"), Seal.Close(Encoding.UTF8.GetBytes(json)), Token);

        await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.ReadAsync(Name, Token));
    }

    [Fact]
    public async Task A_manifest_in_the_folder_of_another_is_refused()
    {
        await CheckpointFixture.TrySaveAsync(_folder.Checkpoints, step: 3);
        var manifest = (await _folder.Store.ReadAsync(CheckpointFixture.BlobOf(Name, "manifest.json"), Token))!.Content;
        await _folder.Store.WriteAsync(CheckpointFixture.BlobOf(CheckpointStore.NameOf(2, 4), "manifest.json"), manifest, Token);

        var found = await Assert.ThrowsAsync<CheckpointException>(() => _folder.Checkpoints.ReadAsync(CheckpointStore.NameOf(2, 4), Token));

        Assert.Contains($"it is that of {Name}", found.Message, StringComparison.Ordinal);
    }

    private static byte[] SealedJson(CheckpointManifest manifest) =>
        Seal.Close(JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web));

    private static CheckpointManifest Change(CheckpointManifest manifest, Func<TensorRecord, TensorRecord> change) =>
        manifest with { Tensors = manifest.Tensors.SetItem("policy/norm", change(manifest.Tensors["policy/norm"])) };

    /// <param name="move">What its first offset becomes, where above 0.</param>
    private static CheckpointManifest Change(CheckpointManifest manifest, Func<ShardRecord, ShardRecord> change, int at = 0, long move = 0) =>
        Change(manifest, tensor =>
        {
            var shard = change(tensor.Shards[at]);
            return tensor with { Shards = tensor.Shards.SetItem(at, move > 0 ? shard with { Offsets = [move] } : shard) };
        });

    private static byte[] Flip(byte[] bytes, long bit)
    {
        bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        return bytes;
    }

    private async Task DamageAsync(string file, Func<byte[], byte[]> damage)
    {
        var blob = CheckpointFixture.BlobOf(Name, file);
        await _folder.Store.WriteAsync(blob, damage((await _folder.Store.ReadAsync(blob, Token))!.Content), Token);
    }
}
