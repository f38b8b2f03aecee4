using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.DataTools;

/// <summary>Writes what is left of a data file, the report, and the table.</summary>
internal sealed class CleanedFile(SeedConsole console, Option<string> output, Option<string?> report, Option<bool> json)
{
    /// <summary>Opens both files, so that a place which cannot be written to is known before work begins.</summary>
    public (OutputFile Rows, OutputFile? Report) Open(ParseResult parsed, string[] inputs)
    {
        var rows = OutputFile.Create(parsed.GetRequiredValue(output), output.Name, inputs);
        try
        {
            return (rows, parsed.GetValue(report) is { } place ? OutputFile.Create(place, report.Name, [.. inputs, parsed.GetRequiredValue(output)]) : null);
        }
        catch (CommandFailedException)
        {
            rows.Dispose();
            throw;
        }
    }

    public void Write(ParseResult parsed, (OutputFile Rows, OutputFile? Report) files, DataTable table, IReadOnlyList<Drop> drops, IReadOnlyList<string> rules)
    {
        var gone = drops.Select(drop => drop.Row).ToHashSet();
        foreach (var line in table.Lines.Where(line => !gone.Contains(line.Number)))
            files.Rows.Write(line.Columns.GetRawText());
        foreach (var drop in drops)
            files.Report?.Write(DropReport.Json(drop));

        files.Report?.Keep();
        files.Rows.Keep();

        var summary = new DropReport(table.Lines.Length, drops, rules, parsed.GetRequiredValue(output));
        foreach (var line in parsed.GetValue(json) ? [summary.Json()] : summary.Lines())
            console.Output.WriteLine(line);
    }
}
