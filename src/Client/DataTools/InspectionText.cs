using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Data.Files;

namespace SeedOrleans.Client.DataTools;

/// <summary>What a data file holds, for a person and as one JSON object.</summary>
internal static class InspectionText
{
    /// <summary>The most of a name, and of a sample's text, that is shown.</summary>
    private const int MaxName = 60, MaxSample = 300;

    public static IEnumerable<string> Lines(DataInspection file)
    {
        yield return $"{file.File}: {file.Rows} rows, {file.Unreadable} of them no questions; {file.Duplicates} duplicates, {file.NearDuplicates} near duplicates";
        yield return $"columns        {Counts(file.Columns)}";
        yield return $"data sources   {Counts(file.DataSources)}";
        yield return $"reward styles  {Counts(file.RewardStyles)}";
        yield return $"scripts        {(file.Scripts.IsEmpty ? "–" : string.Join(", ", file.Scripts.Select(script => $"{script.Name} {Figures.Of(script.Share)}")))}";
        foreach (var line in Lengths("characters", file.Characters).Concat(Lengths("tokens", file.Tokens)))
            yield return line;
        foreach (var row in file.Samples)
        {
            yield return "";
            yield return $"row {row.Number} ({HostileText.OneLine(row.RewardStyle, MaxName)})";
            yield return $"  question   {HostileText.OneLine(row.ReadQuestion(), MaxSample)}";
            yield return $"  reference  {HostileText.OneLine(row.GroundTruth, MaxSample)}";
            if (row.Solution is { } solution)
                yield return $"  solution   {HostileText.OneLine(solution, MaxSample)}";
        }
    }

    public static string Json(DataInspection file) => RunJson.Write(json =>
    {
        json.WriteString("file", file.File);
        json.WriteNumber("rows", file.Rows);
        json.WriteNumber("unreadable", file.Unreadable);
        json.WriteNumber("duplicates", file.Duplicates);
        json.WriteNumber("near_duplicates", file.NearDuplicates);
        WriteCounts("columns", file.Columns);
        WriteCounts("data_sources", file.DataSources);
        WriteCounts("reward_styles", file.RewardStyles);
        json.WriteStartObject("scripts");
        foreach (var (name, share) in file.Scripts)
            json.WriteNumber(name, Math.Round(share, 6));

        json.WriteEndObject();
        WriteLengths("characters", file.Characters);
        WriteLengths("tokens", file.Tokens);
        json.WriteStartArray("samples");
        foreach (var row in file.Samples)
            WriteSample(row);

        json.WriteEndArray();

        void WriteCounts(string key, ImmutableArray<(string Name, int Count)> counts)
        {
            json.WriteStartObject(key);
            foreach (var (name, count) in counts)
                json.WriteNumber(name, count);

            json.WriteEndObject();
        }

        void WriteLengths(string key, ImmutableArray<(string Name, LengthSummary Lengths)> texts)
        {
            json.WriteStartObject(key);
            foreach (var (name, lengths) in texts)
            {
                json.WriteStartObject(name);
                json.WriteNumber("count", lengths.Count);
                json.WriteNumber("min", lengths.Min);
                json.WriteNumber("median", lengths.Median);
                json.WriteNumber("p95", lengths.Percentile95);
                json.WriteNumber("max", lengths.Max);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        void WriteSample(DataRow row)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Number);
            json.WriteString("style", row.RewardStyle);
            json.WriteString("question", row.ReadQuestion());
            json.WriteString("reference", row.GroundTruth);
            json.WriteString("solution", row.Solution);
            json.WriteEndObject();
        }
    });

    private static string Counts(ImmutableArray<(string Name, int Count)> counts) =>
        counts.IsEmpty ? "–" : string.Join(", ", counts.Select(word => $"{HostileText.OneLine(word.Name, MaxName)} {word.Count}"));

    private static IEnumerable<string> Lengths(string unit, ImmutableArray<(string Name, LengthSummary Lengths)> texts) => texts.IsEmpty
        ? []
        : Columns.Align(
        [
            [unit, "rows", "min", "median", "p95", "max"],
            .. texts.Select(text => Row(text.Name, text.Lengths)),
        ]);

    private static string[] Row(string name, LengthSummary lengths) =>
        [name, .. new[] { lengths.Count, lengths.Min, lengths.Median, lengths.Percentile95, lengths.Max }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
