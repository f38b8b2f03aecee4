using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data dedupe</c>: each question once, and none of an evaluation set.</summary>
internal static class DedupeCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, output, report, json) = (DataParts.File(), DataParts.Out(), DataParts.Report(), CommandParts.Json());
        var (near, against) = (DataParts.Near(), DataParts.Against());
        var command = new Command("dedupe", "Drop questions that come again or stand in an evaluation set.") { file, output, near, against, report, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (input, evaluation) = (parsed.GetRequiredValue(file), parsed.GetValue(against) ?? []);
            var cleaned = new CleanedFile(services.Console, output, report, json);
            var table = await DataTable.ReadGoodAsync(input, cancellationToken);
            var finder = new DuplicateFinder(table, parsed.GetValue(near), await DuplicateFinder.ReadEvaluationAsync(evaluation, cancellationToken));

            var files = cleaned.Open(parsed, [input, .. evaluation]);
            using var rows = files.Rows;
            using var reported = files.Report;
            var drops = new List<Drop>();
            foreach (var row in table.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (finder.Meet(row) is { } drop)
                    drops.Add(drop);
            }

            cleaned.Write(parsed, files, table, drops, [DuplicateFinder.Overlap, DuplicateFinder.Exact, DuplicateFinder.Near]);
            return ExitCode.Fine;
        });

        return command;
    }
}
