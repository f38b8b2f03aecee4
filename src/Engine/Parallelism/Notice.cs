using System.Buffers.Binary;
using System.Text;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>A rank's last word to another: that it has left, or what it knows about why the group failed.</summary>
/// <remarks>Wire: i32 kind, i32 rank, i32 length of a UTF-8 text, the text.</remarks>
/// <param name="Rank">Who failed, which need not be who says so; −1 when nobody did.</param>
internal sealed record Notice(NoticeKind Kind, int Rank, string Text)
{
    private const int HeadBytes = 12, LongestText = 4096, Nobody = -1;

    public static Notice Of(GroupFailure failure) => new(
        failure.Reason switch
        {
            PeerLostException => NoticeKind.Lost,
            OperationCanceledException => NoticeKind.Cancelled,
            _ => NoticeKind.Failed,
        },
        failure.Rank ?? Nobody,
        failure.Reason.Message);

    public static Notice Lost(int rank, string text) => new(NoticeKind.Lost, rank, text);

    public GroupFailure ToFailure() => new(
        Rank == Nobody ? null : Rank,
        Kind switch
        {
            NoticeKind.Lost => new PeerLostException(Text),
            NoticeKind.Cancelled => new OperationCanceledException(Text),
            _ => new InvalidOperationException(Text),
        });

    public void Send(PeerConnection connection)
    {
        var text = Encoding.UTF8.GetBytes(Text).AsSpan();
        text = text[..Math.Min(text.Length, LongestText)];
        var message = new byte[HeadBytes + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, (int)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), Rank);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), text.Length);
        text.CopyTo(message.AsSpan(HeadBytes));
        connection.Send(message);
    }

    public static async Task<Notice> ReceiveAsync(PeerConnection connection)
    {
        var head = await connection.ReceiveExactlyAsync(HeadBytes, CancellationToken.None);
        var length = Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8)), 0, LongestText);
        var text = await connection.ReceiveExactlyAsync(length, CancellationToken.None);
        return new Notice(
            (NoticeKind)BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)),
            Encoding.UTF8.GetString(text));
    }
}

/// <summary>What a notice says. The numbers travel.</summary>
internal enum NoticeKind
{
    Left = 0,
    Lost = 1,
    Cancelled = 2,
    Failed = 3,
}
