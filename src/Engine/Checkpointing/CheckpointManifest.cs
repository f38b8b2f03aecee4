using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>What makes files a checkpoint: where every piece of every tensor lies. It is written last, so a checkpoint is whole or is none.</summary>
/// <remarks>
/// After ByteCheckpoint (arXiv:2407.20143): global metadata, no matter which layout wrote it. The blob is JSON under a <see cref="Storage.Seal"/>.
/// </remarks>
public sealed record CheckpointManifest
{
    public const int CurrentFormat = 2;

    public required int Format { get; init; }

    /// <summary>Cold-start steps behind the weights.</summary>
    public required int ColdStartSteps { get; init; }

    /// <summary>Optimizer steps of training behind the weights: the ledger's place.</summary>
    public required int Step { get; init; }

    /// <summary>Of the ledger: steps committed after a rewinding are on another branch.</summary>
    public int Branch { get; init; }

    /// <summary>Optimizer updates, several to a step: the learning rate's place.</summary>
    public required int Updates { get; init; }

    /// <summary>Where in the order of prompts the next step begins.</summary>
    public required long Cursor { get; init; }

    /// <summary>Of the mixture of prompts where the next step begins; null where prompts come in one order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MixtureState? Mixture { get; init; }

    /// <summary>Of the ledger after <see cref="Step"/>.</summary>
    public required string Chain { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>Ranks that wrote it.</summary>
    public required int Ranks { get; init; }

    /// <summary>By name, such as <c>policy/layers.0.attention.qkv</c> or <c>optimizer/mean/embedding</c>.</summary>
    public required ImmutableSortedDictionary<string, TensorRecord> Tensors { get; init; }
}

/// <param name="Dtype">As safetensors spells it.</param>
/// <param name="Shape">Of the whole tensor.</param>
/// <param name="Shards">Together they cover the tensor, and no two share an element.</param>
public sealed record TensorRecord(string Dtype, ImmutableArray<long> Shape, ImmutableArray<ShardRecord> Shards);

/// <summary>A part of a tensor that is small enough to be read whole for the sake of its checksum.</summary>
/// <param name="File">A blob, named relative to the checkpoint's folder.</param>
/// <param name="Start">Byte of the file where the piece starts; its elements follow in row-major order.</param>
/// <param name="Bytes">Of the piece.</param>
/// <param name="Checksum">CRC-32C of the piece.</param>
public sealed record ShardRecord(ImmutableArray<long> Offsets, ImmutableArray<long> Lengths, string File, long Start, long Bytes, uint Checksum)
{
    public Box Box() => new([.. Offsets], [.. Lengths]);
}
