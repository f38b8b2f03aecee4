using System.CommandLine;
using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data validate</c>: every row that a run could not judge, or would judge wrongly.</summary>
internal static class ValidateDataCommand
{
    /// <summary>The most of a message that is printed; it may quote a row.</summary>
    private const int MaxMessage = 400;

    public static Command Create(CommandServices services)
    {
        var (files, json) = (DataParts.Files(), CommandParts.Json());
        var command = new Command("validate", "List every row that cannot be judged, or whose own solution is wrong.") { files, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var judge = new RowJudge();
            var checks = new RowChecks(judge);
            var (rows, problems) = (0, new List<DataProblem>());

            // All files are opened before anything is said about one.
            var tables = new List<DataTable>();
            foreach (var file in parsed.GetRequiredValue(files))
                tables.Add(await DataTable.ReadAsync(file, cancellationToken));
            foreach (var table in tables)
            {
                rows += table.Lines.Length;
                problems.AddRange(await checks.CheckAsync(table, cancellationToken));
            }

            Print(services.Console, rows, problems, parsed.GetValue(json));
            if (checks.NotRun > 0)
                await services.Console.Error.WriteLineAsync($"{checks.NotRun} solutions were not checked: they are programs, and this machine has no sandbox.");

            return problems.Count == 0 ? ExitCode.Fine : ExitCode.RunFailed;
        });

        return command;
    }

    private static void Print(SeedConsole console, int rows, List<DataProblem> problems, bool isJson)
    {
        if (isJson)
        {
            console.Output.WriteLine(Json(rows, problems));
            return;
        }

        foreach (var problem in problems)
            console.Output.WriteLine($"{DataTable.Place(problem.File, problem.Row)}: {problem.Rule}: {HostileText.OneLine(problem.Message, MaxMessage)}");

        console.Output.WriteLine(problems.Count == 0 ? $"{rows} rows, no problem." : $"{rows} rows, {problems.Count} problems.");
    }

    private static string Json(int rows, List<DataProblem> problems) => RunJson.Write(json =>
    {
        json.WriteBoolean("valid", problems.Count == 0);
        json.WriteNumber("rows", rows);
        json.WritePropertyName("problems");
        JsonSerializer.Serialize(json, problems, RunJson.SnakeCase);
    });
}
