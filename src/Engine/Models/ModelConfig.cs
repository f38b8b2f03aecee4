using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models.HuggingFace;
using TorchSharp;

namespace SeedOrleans.Engine.Models;

/// <summary>The shape of a policy in numbers: what Hugging Face's config.json says about it, spelled one way.</summary>
/// <remarks>A config that <see cref="Read"/> or <see cref="FromShape"/> returned has passed <see cref="Problems"/>.</remarks>
public sealed record ModelConfig
{
    public required ModelArchitecture Architecture { get; init; }

    /// <summary>Rows of the embedding; may exceed the tokenizer's tokens, since public models pad it.</summary>
    public required int VocabularySize { get; init; }

    public required int HiddenSize { get; init; }

    /// <summary>Inner size of a dense MLP; experts have <see cref="MoeIntermediateSize"/>.</summary>
    public required int IntermediateSize { get; init; }

    public required int Layers { get; init; }

    public required int AttentionHeads { get; init; }

    public required int KeyValueHeads { get; init; }

    /// <summary>Size of one head, which need not be hidden size / heads.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Longest sequence, in tokens.</summary>
    public required int MaxPositions { get; init; }

    public double RmsNormEpsilon { get; init; } = 1e-6;

    public double RopeTheta { get; init; } = 10_000;

    /// <summary>The output layer is the embedding itself.</summary>
    public bool TieEmbeddings { get; init; }

    /// <summary>The query, key and value projections add a bias.</summary>
    public bool QkvBias { get; init; }

    /// <summary>The attention's output projection adds a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>RMSNorm over each query and key head, before the rotary embedding.</summary>
    public bool QkNorm { get; init; }

    /// <summary>Routed experts of a sparse layer; 0 is a dense model.</summary>
    public int Experts { get; init; }

    public int ExpertsPerToken { get; init; }

    /// <summary>Inner size of one expert.</summary>
    public int MoeIntermediateSize { get; init; }

    /// <summary>The weights of a token's chosen experts are scaled to sum to 1.</summary>
    public bool NormalizeTopK { get; init; }

    /// <summary>Every n-th layer is sparse, counted from 1.</summary>
    public int DecoderSparseStep { get; init; } = 1;

    /// <summary>Layers that stay dense whatever <see cref="DecoderSparseStep"/> says, counted from 0.</summary>
    public ImmutableArray<int> MlpOnlyLayers { get; init; } = [];

    /// <summary>Type of the weights on disk: Float32, BFloat16 or Float16.</summary>
    public torch.ScalarType Dtype { get; init; } = torch.ScalarType.Float32;

    /// <summary>Tokens that end a response; empty where only the tokenizer knows.</summary>
    public ImmutableArray<int> EosTokenIds { get; init; } = [];

    public int? BosTokenId { get; init; }

    public int? PadTokenId { get; init; }

    /// <param name="layer">Counted from 0.</param>
    /// <returns>True where routed experts take the MLP's place.</returns>
    public bool IsSparse(int layer) =>
        Experts > 0 && (layer + 1) % DecoderSparseStep == 0 && !MlpOnlyLayers.Contains(layer);

    /// <returns>Bytes of a number of <see cref="Dtype"/>.</returns>
    public int NumberBytes() => Dtype == torch.ScalarType.Float32 ? 4 : 2;

    /// <summary>What makes this config impossible to compute; empty when nothing does.</summary>
    public IReadOnlyList<string> Problems() => ModelConfigCheck.Problems(this);

    /// <summary>Reads config.json of a model folder, whichever of the two spellings of its keys it uses.</summary>
    /// <exception cref="ModelFolderException">No config.json, or one of a model that this code does not compute.</exception>
    public static ModelConfig Read(string folder) => ModelConfigReader.Read(folder);

    /// <summary>Writes config.json so that both this code and transformers, old and new, can read it.</summary>
    /// <exception cref="ModelFolderException">The file could not be written; the one before it, if any, is untouched.</exception>
    public void WriteTo(string folder) => ModelConfigWriter.Write(this, folder);

    /// <summary>The model that a spec asks for, with the type that its weights have in memory.</summary>
    /// <param name="vocabularySize">The tokenizer's tokens.</param>
    /// <exception cref="ModelFolderException">As <see cref="Read"/>.</exception>
    public static ModelConfig Of(ModelSpec spec, int vocabularySize) => (spec.Path is { } folder ? Read(folder) : FromShape(spec.Shape!, vocabularySize)) with
    {
        Dtype = TypeOf(spec.Dtype),
    };

    public static torch.ScalarType TypeOf(NumberFormat format) => format switch
    {
        NumberFormat.Bfloat16 => torch.ScalarType.BFloat16,
        NumberFormat.Float16 => torch.ScalarType.Float16,
        _ => torch.ScalarType.Float32,
    };

    /// <summary>A Qwen3 model, or Qwen3-MoE when the shape has experts, ready for random weights.</summary>
    /// <param name="vocabularySize">Where the shape does not say.</param>
    /// <exception cref="ArgumentException">The shape cannot be computed.</exception>
    public static ModelConfig FromShape(ModelShape shape, int vocabularySize)
    {
        var isMoe = shape.Experts > 0;
        var config = new ModelConfig
        {
            Architecture = isMoe ? ModelArchitecture.Qwen3Moe : ModelArchitecture.Qwen3,
            VocabularySize = shape.VocabularySize ?? vocabularySize,
            HiddenSize = shape.HiddenSize,
            IntermediateSize = shape.IntermediateSize,
            Layers = shape.Layers,
            AttentionHeads = shape.AttentionHeads,
            KeyValueHeads = shape.KeyValueHeads,
            HeadDim = shape.HeadDim ?? shape.HiddenSize / Math.Max(1, shape.AttentionHeads),
            MaxPositions = shape.Context,
            RopeTheta = shape.RopeTheta,
            TieEmbeddings = shape.TieEmbeddings,
            QkNorm = true,
            Experts = shape.Experts,
            ExpertsPerToken = isMoe ? shape.ExpertsPerToken : 0,
            MoeIntermediateSize = isMoe ? shape.IntermediateSize : 0,
            NormalizeTopK = isMoe,
        };

        return config.Problems() is { Count: > 0 } problems
            ? throw new ArgumentException($"No model has this shape: {string.Join("; ", problems)}.", nameof(shape))
            : config;
    }
}
