using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>A model's numbers: one flat tensor, and a view of it under each slot's name.</summary>
/// <remarks>Owns its tensors. The router biases are numbers that no gradient moves.</remarks>
public sealed class ModelWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _views = [];

    /// <param name="flat">[layout.Count], float32 or bfloat16; owned from now on.</param>
    /// <param name="trainable">The views are leaves that gradients accumulate in.</param>
    public ModelWeights(ModelConfig config, WeightLayout layout, Tensor flat, bool trainable = false)
    {
        if (flat.numel() != layout.Count)
            throw new ArgumentException($"The layout has {layout.Count} numbers, the tensor {flat.numel()}.", nameof(flat));

        Config = config with { Dtype = flat.dtype };
        Layout = layout;
        Flat = flat.DetachFromDisposeScope();

        using var scope = NewDisposeScope();
        foreach (var slot in layout.Slots)
        {
            var view = flat.narrow(0, slot.Offset, slot.Count).view(slot.Shape).detach();
            _views[slot.Name] = (trainable ? view.requires_grad_(true) : view).DetachFromDisposeScope();
        }

        RouterBias = zeros(config.Layers, Math.Max(1, config.Experts)).DetachFromDisposeScope();
        LayerWeights = [.. Enumerable.Range(0, config.Layers).Select(layer => new LayerWeights(Find, Config, RouterBias, layer))];
        Head = new Projection(Find("head") ?? this["embedding"]);
    }

    /// <summary>Its <see cref="ModelConfig.Dtype"/> is the type in memory, whatever it was on disk.</summary>
    public ModelConfig Config { get; }

    public WeightLayout Layout { get; }

    /// <summary>[layout.Count].</summary>
    public Tensor Flat { get; }

    /// <summary>[layers, experts], float32: added to the scores when experts are chosen, and then only.</summary>
    public Tensor RouterBias { get; }

    public IReadOnlyList<LayerWeights> LayerWeights { get; }

    /// <summary>hidden → vocabulary; the embedding itself where they are tied.</summary>
    public Projection Head { get; }

    public Tensor this[string name] => _views[name];

    public Tensor? Find(string name) => _views.GetValueOrDefault(name);

    /// <summary>Normally distributed matrices, norms of 1: a function of the seed alone.</summary>
    public static ModelWeights Random(ModelConfig config, ulong seed, ScalarType type = ScalarType.Float32)
    {
        LibTorch.EnsureLoaded();
        var layout = WeightLayout.Of(config);
        var flat = empty([layout.Count], float32);
        using var generator = new Generator(seed, CPU);

        using (no_grad())
        using (NewDisposeScope())
            foreach (var slot in layout.Slots)
            {
                var stretch = flat.narrow(0, slot.Offset, slot.Count);
                if (slot.InitialDeviation is { } deviation)
                    stretch.normal_(0, deviation, generator);
                else
                    stretch.fill_(slot.InitialValue);
            }

        if (type != ScalarType.Float32)
            using (var wide = flat)
                flat = wide.to(type);

        return new ModelWeights(config, layout, flat);
    }

    /// <summary>The same numbers again, apart from these.</summary>
    public ModelWeights Copy(bool trainable = false)
    {
        using var guard = no_grad();
        var copy = new ModelWeights(Config, Layout, Flat.clone(), trainable);
        copy.RouterBias.copy_(RouterBias);
        return copy;
    }

    /// <summary>Lays the matrices out for sampling: for weights that no longer change. Takes their memory once more.</summary>
    public ModelWeights Pack()
    {
        using var guard = no_grad();
        foreach (var layer in LayerWeights)
            layer.Pack(Config);

        Head.Pack();
        return this;
    }

    public void Dispose()
    {
        Head.Dispose();
        foreach (var layer in LayerWeights)
            layer.Dispose();

        foreach (var view in _views.Values)
            view.Dispose();

        Flat.Dispose();
        RouterBias.Dispose();
    }
}
