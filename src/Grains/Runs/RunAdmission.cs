using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <summary>Everything that could make a run fail for a reason known beforehand, looked at before anything starts.</summary>
internal static class RunAdmission
{
    /// <returns>The run's data, loaded.</returns>
    /// <exception cref="RunRefusedException">Says what is wrong and what to do.</exception>
    public static async Task<RunData> CheckAsync(string runId, RunSpec spec, RunDataCache cache, RunFolders folders, ISiloRoster roster)
    {
        try
        {
            var data = await cache.LoadAsync(runId, spec);
            CheckModel(spec, data);
            RewardAdmission.Check(data, roster);
            Directory.CreateDirectory(folders.Of(runId));
            return data;
        }
        catch (Exception failure) // Converts: the client knows no other exception of ours, and every message says the way out.
        {
            cache.Forget(runId);
            throw new RunRefusedException(failure.Message);
        }
    }

    private static void CheckModel(RunSpec spec, RunData data)
    {
        var config = ModelConfig.Of(spec.Model, data.Tokenizer.VocabularySize);
        if (spec.Model.Path is { } path)
            PolicyFolder.Check(path);

        if (data.Tokenizer.VocabularySize > config.VocabularySize)
            throw new RunRefusedException(
                $"The tokenizer has {data.Tokenizer.VocabularySize} tokens and the model's embedding {config.VocabularySize}; "
                + "use the tokenizer that belongs to the model.");

        if (!spec.Layout.Auto && ShardPlan.Problems(config, RankMesh.Of(spec.Layout)) is { Count: > 0 } problems)
            throw new RunRefusedException($"The layout ({spec.Layout}) does not fit the model: {string.Join("; ", problems)}. Choose divisors.");

        var longest = spec.Data.MaxPromptTokens + spec.Rollout.MaxResponseTokens;
        if (longest > config.MaxPositions)
            throw new RunRefusedException(
                $"data.max_prompt_tokens + rollout.max_response_tokens is {longest} and the model's context {config.MaxPositions}; "
                + "lower one of the two.");
    }
}
