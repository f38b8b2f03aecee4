using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data inspect</c>: what data files hold.</summary>
internal static class InspectDataCommand
{
    private const int MostSamples = 1000;

    public static Command Create(CommandServices services)
    {
        var (files, near, json) = (DataParts.Files(), DataParts.Near(), CommandParts.Json());
        var tokenizer = new Option<string?>("--tokenizer") { Description = "A tokenizer.json, or a folder that holds one: print lengths in its tokens too.", HelpName = "FILE" };
        var samples = NumberOptions.Of("--samples", "How many rows to show.", 0, MostSamples, 3);
        var command = new Command("inspect", "Show what data files hold.") { files, tokenizer, near, samples, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = parsed.GetValue(tokenizer) is { } place ? TokenizerFile.Load(place) : null;
            var tables = new List<DataTable>();
            foreach (var file in parsed.GetRequiredValue(files))
                tables.Add(await DataTable.ReadAsync(file, cancellationToken));

            var isFirst = true;
            foreach (var table in tables)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var inspection = DataInspection.Of(table, loaded, parsed.GetValue(near), parsed.GetValue(samples));
                if (!isFirst && !parsed.GetValue(json))
                    services.Console.Output.WriteLine();

                IEnumerable<string> lines = parsed.GetValue(json) ? [InspectionText.Json(inspection)] : InspectionText.Lines(inspection);
                foreach (var line in lines)
                    services.Console.Output.WriteLine(line);

                isFirst = false;
            }

            return ExitCode.Fine;
        });

        return command;
    }
}
