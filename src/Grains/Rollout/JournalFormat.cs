using System.Runtime.InteropServices;
using System.Text;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Rollout;

/// <summary>A note's bytes: written beside sampling several times a second, so as plain as they can be.</summary>
/// <remarks>
/// "NOTE1", i32 count; then for each response its prompt (length-prefixed UTF-8), i32 index, i32 start, i32 count of tokens, the tokens as i32,
/// their log-probs as f32. Little-endian. The log that holds it checks sums.
/// </remarks>
internal static class JournalFormat
{
    private static ReadOnlySpan<byte> Magic => "NOTE1"u8;

    public static ReadOnlyMemory<byte> Encode(IReadOnlyCollection<ResponseProgress> progress)
    {
        using var bytes = new MemoryStream(capacity: 16 + progress.Sum(response => 64 + (8 * response.Tokens.Length)));
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(progress.Count);
        foreach (var response in progress)
        {
            writer.Write(response.Response.PromptId);
            writer.Write(response.Response.ResponseIndex);
            writer.Write(response.Start);
            writer.Write(response.Tokens.Length);
            writer.Write(MemoryMarshal.AsBytes(response.Tokens.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(response.LogProbs.AsSpan()));
        }

        writer.Flush();
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <returns>Nothing of a note in another format: what it tells is sampled again.</returns>
    public static IReadOnlyList<ResponseProgress> Decode(ReadOnlyMemory<byte> note)
    {
        if (!note.Span.StartsWith(Magic))
            return [];

        using var reader = new BinaryReader(new MemoryStream(note[Magic.Length..].ToArray()), Encoding.UTF8);
        var progress = new ResponseProgress[reader.ReadInt32()];
        foreach (ref var response in progress.AsSpan())
        {
            var name = new ResponseName(reader.ReadString(), reader.ReadInt32());
            var (start, tokens) = (reader.ReadInt32(), new int[reader.ReadInt32()]);
            var logProbs = new float[tokens.Length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(tokens.AsSpan()));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(logProbs.AsSpan()));
            response = new ResponseProgress
            {
                Response = name,
                Start = start,
                Tokens = ImmutableCollectionsMarshal.AsImmutableArray(tokens),
                LogProbs = ImmutableCollectionsMarshal.AsImmutableArray(logProbs),
            };
        }

        return progress;
    }
}
