using System.Globalization;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.DataTools;

/// <summary>What was dropped by which rule, as text and as JSON.</summary>
/// <param name="rules">All that were tried, in the order of the table.</param>
internal sealed class DropReport(int rows, IReadOnlyList<Drop> drops, IReadOnlyList<string> rules, string output)
{
    public IEnumerable<string> Lines()
    {
        var table = Columns.Align(
        [
            ["rule", "dropped", "share"],
            .. rules.Select(rule => new[] { rule, Count(rule).ToString(CultureInfo.InvariantCulture), Figures.Of((double)Count(rule) / rows) }),
        ]);
        return [.. table, string.Create(CultureInfo.InvariantCulture, $"{output}: {rows - drops.Count} of {rows} rows kept.")];
    }

    public string Json() => RunJson.Write(json =>
    {
        json.WriteNumber("rows", rows);
        json.WriteNumber("kept", rows - drops.Count);
        json.WriteStartObject("dropped");
        foreach (var rule in rules)
            json.WriteNumber(rule, Count(rule));

        json.WriteEndObject();
        json.WriteString("out", output);
    });

    /// <returns>One line of the report's file.</returns>
    public static string Json(Drop drop) => RunJson.Write(json =>
    {
        json.WriteNumber("row", drop.Row);
        json.WriteString("rule", drop.Rule);
        json.WriteString("detail", drop.Detail);
        json.WriteString("of", drop.Of);
    });

    private int Count(string rule) => drops.Count(drop => drop.Rule == rule);
}
