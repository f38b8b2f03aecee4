using System.Collections.Immutable;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="Dtype">As the file spells it: <c>F32</c>, <c>BF16</c>, ….</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Bytes">Elements times their size.</param>
public sealed record SafetensorsEntry(string Dtype, ImmutableArray<long> Shape, long Offset, long Bytes);
