using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Client.DataTools;

/// <summary>Finds the rows that a run would learn nothing or something wrong from.</summary>
/// <param name="responses">Sampled, by row number.</param>
/// <param name="finder">Meets only rows that no other rule drops, so that a duplicate stays where the first goes.</param>
/// <param name="judge">Not owned.</param>
internal sealed class RowCleaner(CleaningRules rules, IReadOnlyDictionary<int, List<string>> responses, DuplicateFinder finder, RowJudge judge)
{
    /// <returns>In the order of the rows.</returns>
    /// <exception cref="Engine.Rewards.Code.Sandboxing.SandboxMissingException">A sampled response is a program, and nothing here can hold it.</exception>
    public async Task<IReadOnlyList<Drop>> FindAsync(DataTable table, CancellationToken cancellationToken)
    {
        var alone = new Drop?[table.Lines.Length];
        await Parallel.ForAsync(0, alone.Length, cancellationToken, async (place, cancelled) => alone[place] = await FindAloneAsync(table.Lines[place], cancelled));

        var drops = new List<Drop>();
        foreach (var (line, found) in table.Lines.Zip(alone))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((found ?? finder.Meet(line.Row!)) is { } drop)
                drops.Add(drop);
        }

        return drops;
    }

    private async Task<Drop?> FindAloneAsync(DataLine line, CancellationToken cancellationToken)
    {
        if (line.Row is not { } row)
            return new Drop(line.Number, CleaningRules.Empty, line.Problem);

        return FindByForm(row) ?? await FindByResponsesAsync(row, cancellationToken);
    }

    private Drop? FindByForm(DataRow row)
    {
        var question = DuplicateFinder.Asked(row);
        foreach (var rule in FormRule.All.Where(rule => rules.Has(rule.Name)))
        {
            if (rule.Find(question) is { } words)
                return new Drop(row.Number, rule.Name, words);
        }

        if (rules.MaxPromptCharacters is { } most && rules.Has(CleaningRules.Overlong) && row.ReadQuestion().Length is var length && length > most)
            return new Drop(row.Number, CleaningRules.Overlong, string.Create(CultureInfo.InvariantCulture, $"{length} characters"));

        return rules.Has(CleaningRules.Unreadable) && FindUnreadable(row) is { } reason ? new Drop(row.Number, CleaningRules.Unreadable, reason) : null;
    }

    private static string? FindUnreadable(DataRow row) =>
        RowJudge.FindUnknown(row.RewardStyle) is { } unknown ? $"The style \"{row.RewardStyle}\" {unknown}." : ReferenceReading.FindProblem(row.RewardStyle, row.GroundTruth);

    private async Task<Drop?> FindByResponsesAsync(DataRow row, CancellationToken cancellationToken)
    {
        if (!responses.TryGetValue(row.Number, out var sampled) || !RowJudge.CanJudge(row.RewardStyle))
            return null;

        var samples = ImmutableArray.CreateBuilder<SampledAnswer>(sampled.Count);
        foreach (var response in sampled)
            samples.Add(AnswerOf(await judge.JudgeAsync(row, response, cancellationToken)));

        var answers = new SampledAnswers(samples.DrainToImmutable());
        if (rules.Has(CleaningRules.TooEasy) && answers.IsTooEasy())
            return new Drop(row.Number, CleaningRules.TooEasy, $"all {sampled.Count} responses are right");
        if (rules.Has(CleaningRules.WrongReference) && answers.FindAgreedWrong(rules.Agree, (first, second) => RowJudge.AreSame(row, first, second)) is var (answer, share))
            return new Drop(
                row.Number, CleaningRules.WrongReference,
                string.Create(CultureInfo.InvariantCulture, $"{share:0.00} of {sampled.Count} responses say {answer}, the reference {row.GroundTruth}"));

        return rules.DropHopeless && rules.Has(CleaningRules.Hopeless) && answers.IsHopeless()
            ? new Drop(row.Number, CleaningRules.Hopeless, $"none of {sampled.Count} responses is right")
            : null;
    }

    private static SampledAnswer AnswerOf(Verdict verdict) => new(verdict.Correct, verdict.Extracted);
}
