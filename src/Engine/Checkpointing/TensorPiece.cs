using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>A part of a tensor as one rank holds it, copied out so that training can go on while it is written.</summary>
/// <param name="Name">Of the whole tensor.</param>
/// <param name="Dtype">As safetensors spells it.</param>
/// <param name="Shape">Of the whole tensor.</param>
/// <param name="Start">First element of a stretch, in row-major order; of no meaning where there is a <see cref="Part"/>.</param>
/// <param name="Bytes">The part's elements.</param>
public sealed record TensorPiece(string Name, string Dtype, long[] Shape, long Start, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The rectangle that <see cref="Bytes"/> holds, its elements in row-major order; null where it is a stretch.</summary>
    public Box? Part { get; init; }

    /// <returns>Rectangles of at most <paramref name="mostElements"/> elements, in the order of <see cref="Bytes"/>.</returns>
    public IEnumerable<Box> Boxes(long mostElements) =>
        (Part is { } part ? [part] : Box.OfStretch(Shape, Start, Bytes.Length / SizeOf(Dtype))).SelectMany(box => box.Cut(mostElements));

    /// <summary>Bytes of an element of <paramref name="dtype"/>.</summary>
    /// <exception cref="ArgumentException">No checkpoint holds such a type.</exception>
    public static int SizeOf(string dtype) =>
        FindSize(dtype) ?? throw new ArgumentException($"A checkpoint holds no {dtype}; convert the tensor first.", nameof(dtype));

    /// <returns>Null where no checkpoint holds such a type.</returns>
    internal static int? FindSize(string dtype) => dtype switch
    {
        "F32" or "I32" => 4,
        "BF16" or "F16" => 2,
        "F64" or "I64" => 8,
        _ => null,
    };
}
