using System.Buffers.Binary;
using TorchSharp;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Stands before a part of a tensor on the line, so that ranks which do not make the same calls find out.</summary>
/// <remarks>Wire: i64 number of the call in this group, i32 collective, i32 element type, i64 bytes that follow.</remarks>
internal readonly record struct PartHead(long Call, Collective Collective, torch.ScalarType Type, long Bytes)
{
    public const int Size = 24;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Call);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], (int)Collective);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], (int)Type);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Bytes);
    }

    public static PartHead Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        (Collective)BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
        (torch.ScalarType)BinaryPrimitives.ReadInt32LittleEndian(source[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]));

    public override string ToString() => $"{Collective} {Call} ({Bytes} bytes of {Type})";
}
