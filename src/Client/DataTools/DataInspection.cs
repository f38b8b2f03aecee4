using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Client.DataTools;

/// <summary>What a data file holds, in numbers.</summary>
/// <param name="Unreadable">Rows that are no question; they count for nothing but <paramref name="Columns"/>.</param>
/// <param name="Columns">Rows in which each has a value that is not null, in the order in which they come up.</param>
/// <param name="Characters">Of <c>question</c>, <c>reference</c> and <c>solution</c>; those that no row has are left out.</param>
/// <param name="Tokens">The same in tokens; empty without a tokenizer.</param>
/// <param name="Scripts">Share of the questions' letters, most first.</param>
/// <param name="Duplicates">Questions that came before, normalized.</param>
/// <param name="NearDuplicates">Questions of which nearly the same came before.</param>
/// <param name="Samples">Rows spread evenly over the file.</param>
internal sealed record DataInspection(
    string File,
    int Rows,
    int Unreadable,
    ImmutableArray<(string Name, int Count)> Columns,
    ImmutableArray<(string Name, int Count)> DataSources,
    ImmutableArray<(string Name, int Count)> RewardStyles,
    ImmutableArray<(string Name, LengthSummary Lengths)> Characters,
    ImmutableArray<(string Name, LengthSummary Lengths)> Tokens,
    ImmutableArray<(string Name, double Share)> Scripts,
    int Duplicates,
    int NearDuplicates,
    ImmutableArray<DataRow> Samples)
{
    /// <param name="near">The least similarity of near duplicates.</param>
    /// <exception cref="UnknownCharacterException">The tokenizer cannot spell a row.</exception>
    public static DataInspection Of(DataTable table, ITextTokenizer? tokenizer, double near, int samples)
    {
        DataRow[] rows = [.. table.Rows];
        var finder = new DuplicateFinder(table, near, []);
        var duplicates = rows.Select(finder.Meet).OfType<Drop>().CountBy(drop => drop.Rule).ToDictionary();
        var scripts = WritingSystem.Count(rows.Select(row => row.ReadQuestion()));
        var letters = scripts.Sum(script => script.Letters);

        return new DataInspection(
            table.File,
            table.Lines.Length,
            table.Lines.Length - rows.Length,
            Counts(table.Lines.Where(line => line.Columns.ValueKind == JsonValueKind.Object).SelectMany(ColumnsOf)),
            Counts(rows.Select(row => row.DataSource).OfType<string>()),
            Counts(rows.Select(row => row.RewardStyle)),
            Lengths(rows, text => text.Length),
            tokenizer is null ? [] : Lengths(rows, text => tokenizer.EncodePlain(text).Length),
            [.. scripts.Select(script => (script.Name, (double)script.Letters / letters))],
            duplicates.GetValueOrDefault(DuplicateFinder.Exact),
            duplicates.GetValueOrDefault(DuplicateFinder.Near),
            [.. Enumerable.Range(0, Math.Min(samples, rows.Length)).Select(sample => rows[(int)((long)sample * rows.Length / Math.Min(samples, rows.Length))])]);
    }

    private static IEnumerable<string> ColumnsOf(DataLine line) =>
        line.Columns.EnumerateObject().Where(column => column.Value.ValueKind != JsonValueKind.Null).Select(column => column.Name).Distinct();

    private static ImmutableArray<(string, int)> Counts(IEnumerable<string> words) => [.. words.CountBy(word => word).Select(word => (word.Key, word.Value))];

    private static ImmutableArray<(string, LengthSummary)> Lengths(DataRow[] rows, Func<string, int> length)
    {
        (string Name, LengthSummary? Lengths)[] all =
        [
            ("question", LengthSummary.Of(rows.Select(row => length(row.ReadQuestion())))),
            ("reference", LengthSummary.Of(rows.Select(row => length(row.GroundTruth)))),
            ("solution", LengthSummary.Of(rows.Select(row => row.Solution).OfType<string>().Select(length))),
        ];
        return [.. all.Where(texts => texts.Lengths is not null).Select(texts => (texts.Name, texts.Lengths!))];
    }
}
