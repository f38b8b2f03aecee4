using System.Text.Json;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>A row as the file has it, whether or not it is a question.</summary>
/// <param name="Number">Line (JSON Lines) or row (Parquet) in the file, counted from 1.</param>
/// <param name="Columns">The row's object, with columns that nothing here reads; undefined where the line is none.</param>
/// <param name="Row">Null where something is wrong with it.</param>
/// <param name="Problem">In words, with the row's number; empty where there is none.</param>
public sealed record DataLine(int Number, JsonElement Columns, DataRow? Row, DataFault Fault, string Problem)
{
    /// <returns>The column <c>id</c>, a string or a number as text; null where the row has none.</returns>
    public string? FindId() =>
        Columns.ValueKind == JsonValueKind.Object && Columns.TryGetProperty("id", out var id)
            ? id.ValueKind switch
            {
                JsonValueKind.String => id.GetString(),
                JsonValueKind.Number => id.GetRawText(),
                _ => null,
            }
            : null;
}
