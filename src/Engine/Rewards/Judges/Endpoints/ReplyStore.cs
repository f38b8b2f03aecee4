using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Keeps replies by the key of their call: so many in memory, the oldest leaving first, and all in a folder where there is one.</summary>
/// <remarks>
/// A file a reply, written beside and renamed: never half a one. A file that cannot be read, and a disk that will not take one, is a reply that is
/// not kept. Safe to use from many threads, and the folder from many processes.
/// </remarks>
/// <param name="folder">Null keeps in memory alone.</param>
internal sealed class ReplyStore(string? folder, int mostInMemory = 10_000)
{
    private readonly ConcurrentDictionary<string, KeptReply> _replies = [];
    private readonly ConcurrentQueue<string> _order = [];

    public KeptReply? Find(string key)
    {
        if (_replies.TryGetValue(key, out var reply))
            return reply;

        if (folder is null || ReadFile(FileOf(key)) is not { } read)
            return null;

        Remember(key, read);
        return read;
    }

    public void Keep(string key, KeptReply reply)
    {
        Remember(key, reply);
        if (folder is not null)
            WriteFile(FileOf(key), reply);
    }

    private static KeptReply? ReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? KeptReply.Read(File.ReadAllBytes(file)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void WriteFile(string file, KeptReply reply)
    {
        var sibling = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(sibling, reply.ToBytes());
            File.Move(sibling, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The reply is good all the same; it is paid for again next time.
        }
    }

    private void Remember(string key, KeptReply reply)
    {
        if (!_replies.TryAdd(key, reply))
            return;

        _order.Enqueue(key);
        while (_replies.Count > mostInMemory && _order.TryDequeue(out var oldest))
            _replies.TryRemove(oldest, out _);
    }

    /// <summary>In 256 folders, so that none grows too large to list.</summary>
    private string FileOf(string key) => Path.Combine(folder!, key[..2], $"{key}.json");
}
