using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Serialization;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>Reads the rows of a Parquet file, nested lists and structures included.</summary>
/// <remarks>Untyped on purpose: the typed reader gives null for lists whose child is named "item", which is how pyarrow names it.</remarks>
internal static class ParquetFile
{
    public static async IAsyncEnumerable<RawRow> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var row in await ReadRowsAsync(path, cancellationToken))
            yield return new RawRow(++number, JsonSerializer.SerializeToElement(ToJson(row)), null);
    }

    private static async Task<IEnumerable<Dictionary<string, object>>> ReadRowsAsync(
        string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            var result = await ParquetSerializer.DeserializeUntypedAsync(
                stream, new ParquetOptions { TreatByteArrayAsString = true }, cancellationToken: cancellationToken);
            return result.Data;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A boundary: what a damaged file makes the library throw is anything from ParquetException to IndexOutOfRange.
            throw new DataSetFormatException(
                path, [$"not a readable Parquet file ({exception.Message})"], "write it again, or convert it to .jsonl");
        }
    }

    private static JsonNode? ToJson(object? value) =>
        value switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            int or long or short or byte or uint or ulong => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
            double number when double.IsFinite(number) => JsonValue.Create(number),
            IDictionary structure => ToJson(structure),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
            _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
        };

    private static JsonObject ToJson(IDictionary structure)
    {
        var columns = new JsonObject();
        foreach (DictionaryEntry entry in structure)
            columns[(string)entry.Key] = ToJson(entry.Value);

        return columns;
    }
}
