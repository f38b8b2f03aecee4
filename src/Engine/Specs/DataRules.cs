using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>What the keys of the data section must be to each other.</summary>
internal sealed class DataRules(SpecProblems problems, IReadOnlyDictionary<string, int> knownTasks)
{
    public void Check(DataSpec data)
    {
        if (problems.AreUsable("data.train") && data.Train.IsEmpty)
            problems.Add("data.train", "is empty; a run needs at least one task or file");

        for (var index = 0; index < data.Train.Length; index++)
        {
            CheckSource(data.Train[index], $"data.train.{index}");
            CheckDomain(data, data.Train[index], $"data.train.{index}.domain");
        }

        for (var index = 0; index < data.Evaluation.Length; index++)
        {
            CheckSource(data.Evaluation[index], $"data.evaluation.{index}");
            CheckEvaluation(data.Evaluation[index], $"data.evaluation.{index}");
        }

        CheckTemplate(data);
        CheckMixture(data.Mixture);
        CheckLadder(data.Ladder);
    }

    private void CheckSource(DataSource source, string key)
    {
        if (!problems.AreUsable(key, $"{key}.task", $"{key}.file"))
            return;

        if (source.Task is not null && source.File is not null)
            problems.Add(key, "has both a task and a file; keep one");

        if (source.Task is null && source.File is null)
            problems.Add(key, "has neither a task nor a file; give one");

        if (source.File is not null && source.Hardest is not null)
            problems.Add($"{key}.hardest", "is of tasks: a file's questions have no difficulty; take it away");

        if (source.Task is { } task)
            CheckTask(task, source, key);
    }

    private void CheckTask(string task, DataSource source, string key)
    {
        if (!knownTasks.TryGetValue(task, out var most))
        {
            problems.Add($"{key}.task", Wording.Nearest(task, knownTasks.Keys) is { } nearest
                ? $"no task is called '{task}'; did you mean '{nearest}'?"
                : $"no task is called '{task}'; there are {string.Join(", ", knownTasks.Keys)}");
            return;
        }

        if (problems.AreUsable($"{key}.difficulty") && source.Difficulty > most)
            problems.Add($"{key}.difficulty", $"{source.Difficulty} is more than the {most} that {task} goes to");

        if (!problems.AreUsable($"{key}.difficulty", $"{key}.hardest") || source.Hardest is not { } hardest)
            return;

        if (hardest > most)
            problems.Add($"{key}.hardest", $"{hardest} is more than the {most} that {task} goes to");
        else if (hardest < source.Difficulty)
            problems.Add($"{key}.hardest", $"{hardest} is less than the difficulty {source.Difficulty} that the ladder begins at; exchange the two");
    }

    /// <summary>A domain that nothing follows would be a word without effect.</summary>
    private void CheckDomain(DataSpec data, DataSource source, string key)
    {
        if (problems.AreUsable(key, "data.mixture", "data.mixture.adapt") && source.Domain is not null && !data.IsMixed())
            problems.Add(key, "is of a mixture, and there is none; give a source a weight or a hardest difficulty, or write data.mixture.adapt: true");

        if (problems.AreUsable(key) && source.Domain is { } domain && string.IsNullOrWhiteSpace(domain))
            problems.Add(key, "is empty; give the domain a name, or take it away");
    }

    private void CheckEvaluation(DataSource source, string key)
    {
        if (source.Weight is not null && problems.AreUsable($"{key}.weight"))
            problems.Add($"{key}.weight", "is of training: an evaluation asks every question; take it away");

        if (source.Domain is not null && problems.AreUsable($"{key}.domain"))
            problems.Add($"{key}.domain", "is of training: an evaluation is told source by source; take it away");
    }

    private void CheckTemplate(DataSpec data)
    {
        if (problems.AreUsable("data.instructions", "data.template") && data is { Instructions: true, Template: PromptTemplate.Plain })
            problems.Add("data.instructions", "is for models that can read, which want data.template: chatml");
    }

    private void CheckMixture(MixtureSpec mixture)
    {
        if (problems.AreUsable("data.mixture.slow", "data.mixture.fast") && mixture.Slow >= mixture.Fast)
            problems.Add("data.mixture.slow", FormattableString.Invariant($"{mixture.Slow} must be less than data.mixture.fast, which is {mixture.Fast}"));
    }

    private void CheckLadder(LadderSpec ladder)
    {
        if (problems.AreUsable("data.ladder.fall_below", "data.ladder.rise_at") && ladder.FallBelow >= ladder.RiseAt)
            problems.Add("data.ladder.fall_below", FormattableString.Invariant($"{ladder.FallBelow} must be less than data.ladder.rise_at, which is {ladder.RiseAt}"));
    }
}
