using System.Buffers.Binary;
using System.Text;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Says whose connection this is: the first thing that travels on it.</summary>
/// <remarks>
/// Wire: u32 length, then UTF-8 <c>GROUP\nEPOCH\nFROM\nTO\nUSE</c>. The other side answers with one byte when its rank has come for the
/// connection, or refuses it.
/// </remarks>
/// <param name="From">The rank that connects.</param>
/// <param name="To">The rank that it wants.</param>
internal sealed record Greeting(GroupName Name, int From, int To, LineUse Use)
{
    public const byte Welcome = 1, Over = 2;

    private const int Longest = 4096;

    public Task SendAsync(PeerConnection connection, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes($"{Name.Group}\n{Name.Epoch}\n{From}\n{To}\n{Use}");
        var message = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, text.Length);
        text.CopyTo(message, sizeof(int));
        return connection.SendAsync(message, cancellationToken);
    }

    /// <returns>Null when whoever connected is none of us.</returns>
    public static async Task<Greeting?> ReceiveAsync(PeerConnection connection, CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(await connection.ReceiveExactlyAsync(sizeof(int), cancellationToken));
        if (length is < 1 or > Longest)
            return null;

        var parts = Encoding.UTF8.GetString(await connection.ReceiveExactlyAsync(length, cancellationToken)).Split('\n');
        return parts is [var group, var epoch, var from, var to, var use]
            && long.TryParse(epoch, out var number) && int.TryParse(from, out var here) && int.TryParse(to, out var there)
            && Enum.TryParse<LineUse>(use, out var known)
            ? new Greeting(new GroupName(group, number), here, there, known)
            : null;
    }
}

/// <summary>What one of the two connections between two ranks is for.</summary>
internal enum LineUse
{
    /// <summary>What collectives move.</summary>
    Tensors,

    /// <summary>That a rank leaves or fails. Apart, so that it never waits behind tensors.</summary>
    Notices,
}
