using System.Text.RegularExpressions;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>What keys must be to each other for a run to be possible.</summary>
/// <remarks>A rule keeps silent where one of its keys is wrong already.</remarks>
internal sealed partial class SpecRules(SpecProblems problems, IReadOnlyDictionary<string, int> knownTasks)
{
    public const string NamePattern = "^[A-Za-z0-9_-]{1,64}$";

    public void Check(RunSpec spec)
    {
        CheckName(spec.Name);
        CheckModel(spec.Model);
        new DataRules(problems, knownTasks).Check(spec.Data);
        CheckLengths(spec);
        CheckBatches(spec);
        CheckLayout(spec);
        CheckRewards(spec.Rewards);
        if (problems.AreUsable("memory.recompute_every", "memory.offload_activations") && spec.Memory is { OffloadActivations: true, RecomputeEvery: 0 })
            problems.Add("memory.offload_activations", "is of layers that are computed again, and memory.recompute_every is 0; make it 1 or more");
    }

    private void CheckRewards(RewardSpec rewards)
    {
        CheckJudge("rewards.judge", rewards.Judge);
        CheckJudge("rewards.reward_model", rewards.RewardModel);
        if (problems.AreUsable("rewards.judge", "rewards.audit_share") && rewards is { AuditShare: > 0, Judge: null })
            problems.Add("rewards.audit_share", "needs a judge that looks at what rules decide; give rewards.judge");
        if (problems.AreUsable("rewards.reward_model", "rewards.comparison") && rewards is { Comparison: ResponseComparison.Tournament, RewardModel: null })
            problems.Add("rewards.comparison", "needs a reward model that compares; give rewards.reward_model");
    }

    private void CheckJudge(string section, JudgeSpec? judge)
    {
        if (judge is not null && problems.AreUsable(section))
            JudgeSpecRules.Check(judge, (key, problem) => problems.Add($"{section}.{key}", problem));
    }

    private void CheckName(string? name)
    {
        if (problems.AreUsable("name") && !Name().IsMatch(name!))
            problems.Add("name", $"'{name}' must be 1 to 64 letters, digits, '-' and '_'");
    }

    private void CheckModel(ModelSpec model)
    {
        if (!problems.AreUsable("model", "model.path", "model.shape"))
            return;

        if (model.Path is not null && model.Shape is not null)
            problems.Add("model", "has both a path and a shape; keep one");

        if (model.Path is null && model.Shape is null)
            problems.Add("model", "has neither a path nor a shape; give a model folder, or a shape to start from random weights");

        if (model.Shape is not null && model.Path is null && model.Tokenizer is null && problems.AreUsable("model.tokenizer"))
            problems.Add("model.tokenizer", "is missing: a shape brings no tokenizer; write 'characters', or the path of a tokenizer.json");

        if (model.Shape is { } shape)
            CheckShape(shape);
    }

    private void CheckShape(ModelShape shape)
    {
        const string HeadsKey = "model.shape.attention_heads", HiddenKey = "model.shape.hidden_size", HeadDimKey = "model.shape.head_dim";

        if (problems.AreUsable(HeadsKey, "model.shape.key_value_heads") && shape.AttentionHeads % shape.KeyValueHeads != 0)
            problems.Add("model.shape.key_value_heads", $"{shape.KeyValueHeads} does not divide the {shape.AttentionHeads} attention heads");

        if (problems.AreUsable(HeadsKey, HiddenKey, HeadDimKey) && shape.HeadDim is null)
        {
            if (shape.HiddenSize % shape.AttentionHeads != 0)
                problems.Add(HeadsKey, $"{shape.AttentionHeads} does not divide hidden_size {shape.HiddenSize}; change one, or give head_dim");
            else if (shape.HiddenSize / shape.AttentionHeads % 2 != 0)
                problems.Add(HeadsKey, $"makes heads of size {shape.HiddenSize / shape.AttentionHeads}, and rotary positions need an even one");
        }

        if (problems.AreUsable(HeadDimKey) && shape.HeadDim is { } odd && odd % 2 != 0)
            problems.Add(HeadDimKey, $"{odd} is odd, and rotary positions turn pairs of numbers; take an even one");

        if (problems.AreUsable("model.shape.experts", "model.shape.experts_per_token") && shape.Experts > 0 && shape.ExpertsPerToken > shape.Experts)
            problems.Add("model.shape.experts_per_token", $"{shape.ExpertsPerToken} is more than the {shape.Experts} experts there are");
    }

    private void CheckLengths(RunSpec spec)
    {
        const string PromptKey = "data.max_prompt_tokens", ResponseKey = "rollout.max_response_tokens", BudgetKey = "training.micro_batch_tokens";
        var longest = (long)spec.Data.MaxPromptTokens + spec.Rollout.MaxResponseTokens;

        if (problems.AreUsable(PromptKey, ResponseKey, "model.shape.context") && spec.Model.Shape is { } shape && longest > shape.Context)
            problems.Add(ResponseKey, $"{spec.Data.MaxPromptTokens} prompt and {spec.Rollout.MaxResponseTokens} response tokens do not fit a context of {shape.Context}");

        if (problems.AreUsable(PromptKey, ResponseKey, BudgetKey) && longest > spec.Training.MicroBatchTokens)
            problems.Add(BudgetKey, $"{spec.Training.MicroBatchTokens} cannot hold one sequence of {longest} prompt and response tokens");

        const string CacheKey = "algorithm.overlong_cache_tokens";
        if (problems.AreUsable(ResponseKey, CacheKey) && spec.Algorithm.OverlongCacheTokens > spec.Rollout.MaxResponseTokens)
            problems.Add(CacheKey, $"{spec.Algorithm.OverlongCacheTokens} is more than the {spec.Rollout.MaxResponseTokens} tokens of the longest response");
    }

    private void CheckBatches(RunSpec spec)
    {
        const string UpdatesKey = "training.updates_per_step", PromptsKey = "training.prompts_per_step";
        if (!problems.AreUsable(UpdatesKey, PromptsKey))
            return;

        var training = spec.Training;
        if (training.PromptsPerStep % training.UpdatesPerStep != 0)
        {
            problems.Add(UpdatesKey, $"{training.UpdatesPerStep} does not divide the {training.PromptsPerStep} prompts of a step");
            return;
        }

        var responses = (long)training.PromptsPerStep / training.UpdatesPerStep * training.GroupSize;
        if (problems.AreUsable("training.group_size", "layout.data") && !spec.Layout.Auto && responses < spec.Layout.Data)
            problems.Add("layout.data", $"{spec.Layout.Data} ranks cannot share the {responses} responses of an update; take fewer ranks or more prompts");
    }

    /// <summary>A model folder's shape is known only where the folder is; its run is refused there.</summary>
    private void CheckLayout(RunSpec spec)
    {
        const string TensorKey = "layout.tensor", ExpertKey = "layout.expert";
        if (!problems.AreUsable("layout.data", "layout.context", TensorKey, ExpertKey))
            return;

        var layout = spec.Layout;
        if (layout.Auto)
            return;

        if (layout.RankCount() % layout.Expert != 0)
            problems.Add(ExpertKey, $"{layout.Expert} does not divide the {layout.Data} · {layout.Context} · {layout.Tensor} = {layout.RankCount()} ranks");

        if (spec.Model.Shape is not { } shape || !problems.AreUsable("model.shape", "model.shape.attention_heads", "model.shape.key_value_heads", "model.shape.experts"))
            return;

        if (shape.KeyValueHeads % layout.Tensor != 0)
            problems.Add(TensorKey, $"{layout.Tensor} does not divide the {shape.KeyValueHeads} key-value heads");

        if (layout.Expert > 1 && shape.Experts == 0)
            problems.Add(ExpertKey, $"{layout.Expert} ranks have no experts to share: the model is dense; leave it 1");
        else if (layout.Expert > 1 && shape.Experts % layout.Expert != 0)
            problems.Add(ExpertKey, $"{layout.Expert} does not divide the {shape.Experts} experts");
    }

    [GeneratedRegex(NamePattern)]
    private static partial Regex Name();
}
