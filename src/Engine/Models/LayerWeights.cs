using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>The tensors of one layer, looked up once. Views into a model's flat weights, which owns them.</summary>
public sealed class LayerWeights
{
    internal LayerWeights(ModelWeights weights, int layer)
    {
        var name = $"layers.{layer}";
        var mlp = weights.Config.IsSparse(layer) ? $"{name}.mlp.experts" : $"{name}.mlp";

        AttentionNorm = weights[$"{name}.attention.norm"];
        QueryKeyValue = weights[$"{name}.attention.qkv"];
        QueryKeyValueBias = weights.Find($"{name}.attention.qkv.bias");
        Output = weights[$"{name}.attention.output"];
        OutputBias = weights.Find($"{name}.attention.output.bias");
        QueryNorm = weights.Find($"{name}.attention.query_norm");
        KeyNorm = weights.Find($"{name}.attention.key_norm");
        MlpNorm = weights[$"{name}.mlp.norm"];
        Router = weights.Find($"{name}.mlp.router");
        GateUp = weights[$"{mlp}.gate_up"];
        Down = weights[$"{mlp}.down"];
    }

    /// <summary>[hidden].</summary>
    public Tensor AttentionNorm { get; }

    /// <summary>[(heads + 2 · keyValueHeads) · headDim, hidden].</summary>
    public Tensor QueryKeyValue { get; }

    public Tensor? QueryKeyValueBias { get; }

    /// <summary>[hidden, heads · headDim].</summary>
    public Tensor Output { get; }

    public Tensor? OutputBias { get; }

    /// <summary>[headDim].</summary>
    public Tensor? QueryNorm { get; }

    /// <summary>[headDim].</summary>
    public Tensor? KeyNorm { get; }

    /// <summary>[hidden].</summary>
    public Tensor MlpNorm { get; }

    /// <summary>[experts, hidden]; null in a dense layer.</summary>
    public Tensor? Router { get; }

    /// <summary>[2 · inner, hidden], or [experts, 2 · inner, hidden].</summary>
    public Tensor GateUp { get; }

    /// <summary>[hidden, inner], or [experts, hidden, inner].</summary>
    public Tensor Down { get; }
}
