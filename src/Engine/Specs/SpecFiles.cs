using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Makes the paths of a spec absolute and sees that they exist.</summary>
/// <remarks>A path in a file is relative to the file's folder; one on the command line, to the current folder.</remarks>
internal sealed class SpecFiles(string specFolder, SpecProblems problems)
{
    /// <summary>The tokenizer that is made from the task's alphabet, not read from a file.</summary>
    private const string CharacterTokenizer = "characters";

    public RunSpec Resolve(RunSpec spec) => spec with
    {
        Model = spec.Model with
        {
            Path = ResolveModel("model.path", spec.Model.Path),
            Tokenizer = spec.Model.Tokenizer == CharacterTokenizer
                ? CharacterTokenizer
                : ResolveFile("model.tokenizer", spec.Model.Tokenizer, $"write '{CharacterTokenizer}' for one made from the task's alphabet"),
        },
        Rewards = spec.Rewards with
        {
            Judge = Resolve(spec.Rewards.Judge, "rewards.judge"),
            RewardModel = Resolve(spec.Rewards.RewardModel, "rewards.reward_model"),
        },
        Data = spec.Data with
        {
            Train = [.. spec.Data.Train.Select((source, index) => Resolve(source, $"data.train.{index}"))],
            Evaluation = [.. spec.Data.Evaluation.Select((source, index) => Resolve(source, $"data.evaluation.{index}"))],
        },
    };

    private DataSource Resolve(DataSource source, string key) =>
        source with { File = ResolveFile($"{key}.file", source.File, "a .jsonl or .parquet file is wanted") };

    private JudgeSpec? Resolve(JudgeSpec? judge, string key) => judge is null ? null : judge with
    {
        Path = ResolveModel($"{key}.path", judge.Path),
        Cache = judge.Cache is { } cache ? Absolute($"{key}.cache", cache) ?? cache : null,
    };

    private string? ResolveModel(string key, string? path)
    {
        if (path is null || Absolute(key, path) is not { } folder)
            return path;

        if (!Directory.Exists(folder))
            problems.Add(key, $"no such folder: {folder}");
        else if (!File.Exists(Path.Combine(folder, "config.json")))
            problems.Add(key, $"{folder} has no config.json; a folder in Hugging Face's format is wanted");

        return folder;
    }

    private string? ResolveFile(string key, string? path, string wayOut)
    {
        if (path is null || Absolute(key, path) is not { } file)
            return path;

        if (Directory.Exists(file))
            problems.Add(key, $"{file} is a folder; {wayOut}");
        else if (!File.Exists(file))
            problems.Add(key, $"no such file: {file}; {wayOut}");
        else if (key.EndsWith(".file", StringComparison.Ordinal) && Path.GetExtension(file) is not (".jsonl" or ".parquet"))
            problems.Add(key, $"{file} is neither .jsonl nor .parquet");

        return file;
    }

    private string? Absolute(string key, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(key, "a path cannot contain a zero character");
            return null;
        }

        return Path.GetFullPath(path, problems.PlaceOf(key).IsCommandLine() ? Environment.CurrentDirectory : specFolder);
    }
}
