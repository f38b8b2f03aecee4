using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>The policy network: a decoder-only transformer of the Llama, Qwen2, Qwen3 and Qwen3-MoE family.</summary>
/// <remarks>
/// Its blocks sample and train; sampling and training differ in their <see cref="IAttention"/>, and <see cref="Parallel.ParallelTransformer"/>
/// puts the same blocks on many ranks. Tokens of all sequences lie in one packed dimension.
/// </remarks>
/// <param name="weights">Not owned.</param>
/// <param name="vocabulary">Tokens that the tokenizer knows: logits of the embedding's padding rows are cut off.</param>
public sealed class Transformer(ModelWeights weights, int? vocabulary = null) : IDisposable
{
    private readonly RotaryEmbedding _rotary = new(weights.Config.HeadDim, weights.Config.RopeTheta);

    public ModelWeights Weights { get; } = weights;

    public ModelConfig Config => Weights.Config;

    /// <summary>The last dimension of <see cref="Logits"/>.</summary>
    public int VocabularySize { get; } = Math.Min(vocabulary ?? int.MaxValue, weights.Config.VocabularySize);

    /// <param name="tokens">[tokens], int64.</param>
    /// <param name="positions">[tokens], int64: each token's place in its sequence, from 0.</param>
    /// <returns>[tokens, hidden], after the last norm.</returns>
    public Tensor Hidden(Tensor tokens, Tensor positions, IAttention attention)
    {
        using var scope = NewDisposeScope();

        var stream = Weights["embedding"].index_select(0, tokens);
        var rotation = _rotary.At(positions, stream.dtype);
        for (var layer = 0; layer < Config.Layers; layer++)
        {
            var tensors = Weights.LayerWeights[layer];
            stream = stream + Attention(layer, Norm(stream, tensors.AttentionNorm), rotation, attention);
            stream = stream + Mlp(layer, Norm(stream, tensors.MlpNorm));
        }

        return Norm(stream, Weights["norm"]).MoveToOuterDisposeScope();
    }

    /// <param name="hidden">[tokens, hidden].</param>
    /// <returns>[tokens, vocabulary], float32.</returns>
    public Tensor Logits(Tensor hidden)
    {
        using var scope = NewDisposeScope();

        var logits = Weights.Head.Apply(hidden);
        var known = VocabularySize < Config.VocabularySize ? logits.narrow(1, 0, VocabularySize) : logits;

        return known.to(float32).MoveToOuterDisposeScope();
    }

    public void Dispose() => _rotary.Dispose();

    internal Tensor Attention(int layer, Tensor input, (Tensor, Tensor) rotation, IAttention attention) =>
        new AttentionBlock(Config, _rotary).Forward(layer, input, Weights.LayerWeights[layer], rotation, attention);

    internal Tensor Mlp(int layer, Tensor input) =>
        Weights.LayerWeights[layer] is { Experts: { } experts }
            ? ExpertMlp.Forward(input, Config, experts)
            : SwiGlu.Forward(input, Weights.LayerWeights[layer].Mlp!);

    private Tensor Norm(Tensor input, Tensor gain) => FusedOperators.RmsNorm(input, gain, Config.RmsNormEpsilon);
}
