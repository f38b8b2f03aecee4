using System.Buffers;
using System.Collections.Concurrent;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Reads every byte of a checkpoint's files, headers included, and tells what is not as the manifest says.</summary>
/// <param name="folder">Of the checkpoint.</param>
internal sealed class CheckpointAudit(IBlobStore store, string folder)
{
    private readonly ShardReader _shards = new(store, folder);
    private readonly ConcurrentBag<(string File, long At, string Problem)> _problems = [];

    /// <returns>A sentence on the first file that is not there or has another length than the manifest says; null where all are as they should be.</returns>
    public async Task<string?> FindLostFileAsync(CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        var lengths = await LengthsAsync(cancellationToken);
        return Files(manifest).Select(file => LengthProblem(file.Key, [.. file], lengths)).FirstOrDefault(problem => problem is not null);
    }

    /// <returns>A sentence for each problem, in the order of files and bytes.</returns>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        var lengths = await LengthsAsync(cancellationToken);
        List<Func<CancellationToken, Task>> reads = [];
        foreach (var file in Files(manifest))
        {
            var shards = file.ToArray();
            if (LengthProblem(file.Key, shards, lengths) is { } problem)
                Add(file.Key, 0, problem);

            if (!lengths.TryGetValue(file.Key, out var length))
                continue;

            var header = ShardFile.Header(shards.Select(shard => (shard.Tensor, shard.Dtype, shard.Shard.Box())));
            reads.Add(token => CheckHeaderAsync(file.Key, header, token));
            reads.AddRange(Requests([.. shards.Select(shard => (shard.Tensor, shard.Shard)).Where(shard => shard.Shard.Start + shard.Shard.Bytes <= length)])
                .Select<List<(string, ShardRecord)>, Func<CancellationToken, Task>>(request => token => CheckAsync(request, token)));
        }

        await Parallel.ForEachAsync(
            reads,
            new ParallelOptions { MaxDegreeOfParallelism = ShardReader.Parallel, CancellationToken = cancellationToken },
            async (read, token) => await read(token));

        return [.. _problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.At).Select(problem => problem.Problem)];
    }

    private static IEnumerable<IGrouping<string, (string Tensor, string Dtype, ShardRecord Shard)>> Files(CheckpointManifest manifest) =>
        from tensor in manifest.Tensors
        from shard in tensor.Value.Shards
        orderby shard.Start
        group (tensor.Key, tensor.Value.Dtype, shard) by shard.File;

    private async Task<Dictionary<string, long>> LengthsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, long> lengths = [];
        await foreach (var entry in store.ListAsync(folder + "/", cancellationToken))
            lengths[entry.Name[(folder.Length + 1)..]] = entry.Length;

        return lengths;
    }

    private string? LengthProblem(string file, (string Tensor, string Dtype, ShardRecord Shard)[] shards, Dictionary<string, long> lengths)
    {
        var end = shards[^1].Shard.Start + shards[^1].Shard.Bytes;
        if (!lengths.TryGetValue(file, out var length))
            return $"'{folder}/{file}' with {shards[0].Tensor} and more, bytes 0 to {end}, is missing; use an older checkpoint.";

        return length == end ? null : $"'{folder}/{file}' has {length} bytes, and {end} were written; use an older checkpoint.";
    }

    /// <summary>Stretches of shards without a gap, as long as a request may be.</summary>
    private static IEnumerable<List<(string Tensor, ShardRecord Shard)>> Requests(IReadOnlyList<(string Tensor, ShardRecord Shard)> shards)
    {
        List<(string Tensor, ShardRecord Shard)> request = [];
        foreach (var next in shards)
        {
            if (request is [var first, ..]
                && (request[^1].Shard.Start + request[^1].Shard.Bytes != next.Shard.Start
                    || next.Shard.Start + next.Shard.Bytes - first.Shard.Start > ShardReader.RequestBytes))
            {
                yield return request;
                request = [];
            }

            request.Add(next);
        }

        if (request.Count > 0)
            yield return request;
    }

    private async Task CheckHeaderAsync(string file, byte[] expected, CancellationToken cancellationToken)
    {
        var header = new byte[expected.Length];
        try
        {
            await store.ReadRangeAsync($"{folder}/{file}", 0, header, cancellationToken);
            if (!header.AsSpan().SequenceEqual(expected))
                Add(file, 0, $"The header of '{folder}/{file}', bytes 0 to {header.Length}, is not what was written; its tensors may be sound.");
        }
        catch (BlobException failure)
        {
            Add(file, 0, $"The header of '{folder}/{file}', bytes 0 to {header.Length}, cannot be read: {failure.Message}");
        }
    }

    private async Task CheckAsync(List<(string Tensor, ShardRecord Shard)> request, CancellationToken cancellationToken)
    {
        var bytes = (int)request.Sum(shard => shard.Shard.Bytes);
        var aside = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            await _shards.ReadAsync(request, aside.AsMemory(0, bytes), cancellationToken);
        }
        catch (CheckpointException) when (request.Count > 1)
        {
            // Which of them it is, and whether more than one.
            foreach (var shard in request)
                await CheckAsync([shard], cancellationToken);
        }
        catch (CheckpointException problem)
        {
            Add(request[0].Shard.File, request[0].Shard.Start, problem.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(aside);
        }
    }

    private void Add(string file, long at, string problem) => _problems.Add((file, at, problem));
}
