using TorchSharp;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>The element types of the format whose elements fill whole bytes, and what they are called here.</summary>
/// <param name="Name">As in the header: <c>BF16</c>.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Type">Null where TorchSharp has no such type, so that the tensor can be listed but not read.</param>
internal sealed record SafetensorsDtype(string Name, int Size, torch.ScalarType? Type)
{
    /// <summary>In ascending order of the reference implementation, which lays larger ones first.</summary>
    private static readonly SafetensorsDtype[] All =
    [
        new("BOOL", 1, torch.ScalarType.Bool),
        new("U8", 1, torch.ScalarType.Byte),
        new("I8", 1, torch.ScalarType.Int8),
        new("F8_E5M2", 1, null),
        new("F8_E4M3", 1, null),
        new("F8_E8M0", 1, null),
        new("F8_E4M3FNUZ", 1, null),
        new("F8_E5M2FNUZ", 1, null),
        new("I16", 2, torch.ScalarType.Int16),
        new("U16", 2, null),
        new("F16", 2, torch.ScalarType.Float16),
        new("BF16", 2, torch.ScalarType.BFloat16),
        new("I32", 4, torch.ScalarType.Int32),
        new("U32", 4, null),
        new("F32", 4, torch.ScalarType.Float32),
        new("C64", 8, torch.ScalarType.ComplexFloat32),
        new("F64", 8, torch.ScalarType.Float64),
        new("I64", 8, torch.ScalarType.Int64),
        new("U64", 8, null),
    ];

    public static SafetensorsDtype? Named(string? name) => Array.Find(All, dtype => dtype.Name == name);

    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static SafetensorsDtype Of(torch.Tensor tensor, string name) =>
        Array.Find(All, dtype => dtype.Type == tensor.dtype)
        ?? throw new ArgumentException($"Tensor {name} is {tensor.dtype}, which safetensors cannot hold; convert it first.", nameof(tensor));

    /// <summary>Place in the reference's ascending order.</summary>
    public int Rank() => Array.IndexOf(All, this);
}
