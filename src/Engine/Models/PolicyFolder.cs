using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Moves weights between a model folder in Hugging Face's format and flat memory.</summary>
public static class PolicyFolder
{
    /// <summary>DeepSeek's name for the bias that takes part in the choice of experts; Qwen3-MoE has none, so most folders lack it.</summary>
    private static string RouterBiasName(int layer) => $"model.layers.{layer}.mlp.gate.e_score_correction_bias";

    /// <param name="type">Type of the weights in memory, whatever it is on disk.</param>
    /// <exception cref="ModelFolderException">A tensor is missing or has another shape than config.json implies.</exception>
    /// <exception cref="SafetensorsFormatException">A file is damaged.</exception>
    public static ModelWeights Load(string folder, ScalarType type = ScalarType.Float32)
    {
        LibTorch.EnsureLoaded();
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using var files = ModelFolder.Open(folder);

        CheckTensors(files);
        var layout = WeightLayout.Of(files.Config);
        var flat = empty([layout.Count], type);
        foreach (var slot in layout.Slots)
            foreach (var part in slot.Parts)
                Read(files, part, flat.narrow(0, slot.Offset + part.Start, part.Count));

        CheckTiedHead(files, layout, flat);
        var weights = new ModelWeights(files.Config, layout, flat);
        for (var layer = 0; layer < files.Config.Layers; layer++)
            if (files.Contains(RouterBiasName(layer)))
                weights.RouterBias.select(0, layer).copy_(files.Read(RouterBiasName(layer)));

        return weights;
    }

    /// <summary>Sees that <see cref="Load"/> would find every tensor in its shape, without reading any.</summary>
    /// <exception cref="ModelFolderException">A tensor is missing or has another shape than config.json implies.</exception>
    /// <exception cref="SafetensorsFormatException">A file is damaged.</exception>
    public static void Check(string folder)
    {
        using var files = ModelFolder.Open(folder);
        CheckTensors(files);
    }

    /// <exception cref="ModelFolderException">There is no config.json, or it names no model that we know.</exception>
    public static ModelConfig ReadConfig(string folder) => ModelConfigReader.Read(folder);

    /// <summary>Writes config.json and safetensors; nothing half-written stays behind.</summary>
    public static void Save(ModelWeights weights, string folder, long maxShardBytes = ModelFolderWriter.DefaultShardBytes)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        ModelFolderWriter.Write(folder, weights.Config, Tensors(weights), maxShardBytes);
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Tensors(ModelWeights weights)
    {
        foreach (var slot in weights.Layout.Slots)
            foreach (var part in slot.Parts)
                yield return (part.Name, weights.Flat.narrow(0, slot.Offset + part.Start, part.Count).view(part.Shape));

        for (var layer = 0; layer < weights.Config.Layers; layer++)
            if (weights.RouterBias.select(0, layer).count_nonzero().item<long>() > 0)
                yield return (RouterBiasName(layer), weights.RouterBias.select(0, layer));
    }

    /// <summary>Nothing is allocated before the files have shown that they hold what config.json claims.</summary>
    private static void CheckTensors(ModelFolder files)
    {
        foreach (var part in WeightCatalog.SlotsOf(files.Config).SelectMany(slot => slot.Parts))
        {
            if (!files.Contains(part.Name))
                throw new ModelFolderException(
                    files.Folder, $"has no tensor {part.Name}, which config.json calls for; copy the whole checkpoint again");

            CheckShape(files, part.Name, part.Shape);
        }

        for (var layer = 0; layer < files.Config.Layers; layer++)
            if (files.Contains(RouterBiasName(layer)))
                CheckShape(files, RouterBiasName(layer), [Math.Max(1, files.Config.Experts)]);
    }

    private static void CheckShape(ModelFolder files, string name, long[] implied)
    {
        var shape = files.Entry(name).Shape;
        if (!shape.SequenceEqual(implied))
            throw new ModelFolderException(
                files.Folder,
                $"{name} has shape [{string.Join(", ", shape)}] and config.json implies [{string.Join(", ", implied)}]; "
                + "use the config.json that belongs to these weights");
    }

    private static void Read(ModelFolder files, HuggingFacePart part, Tensor target)
    {
        using var tensor = files.Read(part.Name);
        target.copy_(tensor.view(-1));
    }

    /// <summary>A tied model may store its output layer too; if that differs from the embedding, it is not tied.</summary>
    private static void CheckTiedHead(ModelFolder files, WeightLayout layout, Tensor flat)
    {
        const string Head = "lm_head.weight";
        if (!files.Config.TieEmbeddings || !files.Contains(Head))
            return;

        var embedding = layout["embedding"];
        CheckShape(files, Head, embedding.Shape);
        using var head = files.Read(Head);
        if (!head.to(flat.dtype).view(-1).equal(flat.narrow(0, embedding.Offset, embedding.Count)).all().item<bool>())
            throw new ModelFolderException(
                files.Folder, $"config.json says tie_word_embeddings, but {Head} differs from the embedding; set it to false");
    }
}
