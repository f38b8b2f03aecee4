using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data clean</c>: drops the questions that nothing, or something wrong, is learned from.</summary>
internal static class CleanCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, output, report, json) = (DataParts.File(), DataParts.Out(), DataParts.Report(), CommandParts.Json());
        var (near, against) = (DataParts.Near(), DataParts.Against());
        var responses = new Option<string?>("--responses") { Description = "Sampled responses, JSON lines of {\"id\" or \"row\",\"response\"}, several a question.", HelpName = "FILE" };
        var agree = NumberOptions.Of("--agree", "Least share of responses that agree on a wrong answer and so cast doubt on the reference.", 0.51, 1, 0.8, "SHARE");
        var longest = NumberOptions.Optional("--max-prompt-characters", "Drop longer prompts.", 1, int.MaxValue);
        var hopeless = new Option<bool>("--drop-hopeless") { Description = "Drop questions that no response gets right." };
        var without = Without();
        var command = new Command("clean", "Drop questions that cannot be answered, are too easy, have a doubtful reference, or come again.")
        {
            file, output, responses, agree, hopeless, longest, near, against, without, report, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (input, evaluation) = (parsed.GetRequiredValue(file), parsed.GetValue(against) ?? []);
            var rules = new CleaningRules(
                (parsed.GetValue(without) ?? []).ToHashSet(StringComparer.Ordinal), parsed.GetValue(longest), parsed.GetValue(agree), parsed.GetValue(hopeless));
            var table = await DataTable.ReadGoodAsync(input, cancellationToken, rules.Has(CleaningRules.Empty) ? DataFault.NoAnswer : DataFault.None);
            var sampled = parsed.GetValue(responses) is { } place ? SampledResponses.Read(services.Console, place, table) : [];
            var few = sampled.Values.Count(answers => answers.Count < SampledAnswers.Least);
            var finder = new DuplicateFinder(table, parsed.GetValue(near), await DuplicateFinder.ReadEvaluationAsync(evaluation, cancellationToken));

            var cleaned = new CleanedFile(services.Console, output, report, json);
            string[] inputs = [input, .. evaluation, .. parsed.GetValue(responses) is { } answered ? [answered] : Array.Empty<string>()];
            var files = cleaned.Open(parsed, inputs);
            using var rows = files.Rows;
            using var reported = files.Report;
            using var judge = new RowJudge();
            cleaned.Write(parsed, files, table, await FindAsync(new RowCleaner(rules, sampled, finder, judge), table, cancellationToken), [.. CleaningRules.All.Where(rules.Has)]);

            if (few > 0)
                await services.Console.Error.WriteLineAsync($"{few} questions have fewer than {SampledAnswers.Least} responses, which say nothing.");

            return ExitCode.Fine;
        });

        return command;
    }

    private static async Task<IReadOnlyList<Drop>> FindAsync(RowCleaner cleaner, DataTable table, CancellationToken cancellationToken)
    {
        try
        {
            return await cleaner.FindAsync(table, cancellationToken);
        }
        catch (SandboxMissingException missing)
        {
            throw new CommandFailedException(ExitCode.Usage, missing.Message);
        }
    }

    private static Option<string[]> Without()
    {
        string[] rules = [.. CleaningRules.All.Except([DuplicateFinder.Overlap, DuplicateFinder.Exact, DuplicateFinder.Near])];
        var option = new Option<string[]>("--without")
        {
            Description = $"Switch rules off: {string.Join(", ", rules)}.",
            HelpName = "RULE",
            AllowMultipleArgumentsPerToken = true,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !rules.Contains(token.Value)))
                result.AddError($"--without '{HostileText.OneLine(token.Value, 40)}' is no rule; write {string.Join(", ", rules)}.");
        });
        return option;
    }
}
