namespace SeedOrleans.Engine.Checkpointing;

/// <summary>A stretch of a tensor as one rank holds it, copied out so that training can go on while it is written.</summary>
/// <param name="Name">Of the whole tensor.</param>
/// <param name="Dtype">As safetensors spells it.</param>
/// <param name="Shape">Of the whole tensor.</param>
/// <param name="Start">First element, in row-major order.</param>
/// <param name="Bytes">The stretch's elements.</param>
public sealed record TensorPiece(string Name, string Dtype, long[] Shape, long Start, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes of an element of <paramref name="dtype"/>.</summary>
    /// <exception cref="ArgumentException">No checkpoint holds such a type.</exception>
    public static int SizeOf(string dtype) => dtype switch
    {
        "F32" or "I32" => 4,
        "BF16" or "F16" => 2,
        "F64" or "I64" => 8,
        _ => throw new ArgumentException($"A checkpoint holds no {dtype}; convert the tensor first.", nameof(dtype)),
    };
}
