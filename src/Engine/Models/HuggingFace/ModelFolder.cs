using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>A model in Hugging Face's format: config.json, and its tensors in one safetensors file or in shards with an index.</summary>
public sealed class ModelFolder : IDisposable
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _fileOf = [];

    private ModelFolder(string folder)
    {
        Folder = folder;
        Config = ModelConfig.Read(folder);
    }

    public string Folder { get; }

    public ModelConfig Config { get; }

    /// <summary>The tensors of all shards.</summary>
    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <exception cref="ModelFolderException">A file is missing, or index and shards disagree.</exception>
    /// <exception cref="SafetensorsFormatException">A shard breaks a promise of its format.</exception>
    public static ModelFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelFolderException(folder, "there is no such folder; name one with config.json and safetensors");

        var model = new ModelFolder(folder);
        try
        {
            model.OpenWeights();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _fileOf.ContainsKey(name);

    /// <exception cref="ModelFolderException">The folder has no such tensor.</exception>
    public SafetensorsEntry Entry(string name) => FileOf(name).Entries[name];

    /// <returns>A tensor on the CPU, of the type it has on disk; the caller disposes it.</returns>
    /// <exception cref="ModelFolderException">The folder has no such tensor.</exception>
    /// <exception cref="SafetensorsFormatException">The tensor's type is not supported.</exception>
    public Tensor Read(string name) => FileOf(name).Read(name);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private SafetensorsFile FileOf(string name) => _fileOf.TryGetValue(name, out var file)
        ? file
        : throw new ModelFolderException(Folder, $"has no tensor {name}; is config.json the one that belongs to these weights?");

    private void OpenWeights()
    {
        // Where both are present, transformers takes the single file too.
        if (File.Exists(Path.Combine(Folder, ShardIndex.SingleFile)))
            Add(ShardIndex.SingleFile);
        else if (File.Exists(Path.Combine(Folder, ShardIndex.FileName)))
            AddShards(ShardIndex.Read(Folder));
        else
            throw new ModelFolderException(Folder, $"has neither {ShardIndex.SingleFile} nor {ShardIndex.FileName}; convert other formats to safetensors first");
    }

    private void AddShards(IReadOnlyDictionary<string, string> shardOf)
    {
        foreach (var shard in shardOf.Values.Distinct().Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(Folder, shard)))
                throw new ModelFolderException(Path.Combine(Folder, shard), "this shard is missing; fetch it again");

            Add(shard);
        }

        foreach (var (name, shard) in shardOf)
        {
            if (!_fileOf.TryGetValue(name, out var file) || Path.GetFileName(file.Path) != shard)
                throw new ModelFolderException(Path.Combine(Folder, shard), $"the index promises tensor {name} here, but it is not; fetch shards and index again");
        }

        if (_fileOf.FirstOrDefault(tensor => !shardOf.ContainsKey(tensor.Key)) is { Key: { } stray, Value: var home })
            throw new ModelFolderException(home.Path, $"holds tensor {stray}, of which the index knows nothing; fetch shards and index again");
    }

    private void Add(string fileName)
    {
        var file = SafetensorsFile.Open(Path.Combine(Folder, fileName));
        _files.Add(file);
        foreach (var name in file.Entries.Keys)
        {
            if (!_fileOf.TryAdd(name, file))
                throw new ModelFolderException(file.Path, $"holds tensor {name}, which {Path.GetFileName(_fileOf[name].Path)} holds too; fetch the shards again");
        }
    }
}
