using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>Reads questions from JSON Lines (.jsonl, .json) or Parquet (.parquet).</summary>
/// <remarks>
/// verl's columns: <c>prompt</c> (a string, or a list of <c>role</c> and <c>content</c>), <c>reward_model.ground_truth</c>,
/// <c>reward_model.style</c>, <c>data_source</c>. Or the simple ones: <c>question</c> and <c>answer</c>. Either way
/// <c>solution</c>, if there, is a whole worked response. Other columns are ignored.
/// </remarks>
public static class DataFile
{
    internal const int MaxProblems = 20;

    private const string WayOut =
        "give every row a \"prompt\" and a \"reward_model\" with \"ground_truth\", or a \"question\" and an \"answer\"";

    /// <param name="limit">Rows to read at most; null reads all.</param>
    /// <exception cref="DataSetFormatException">The file is missing or empty, or rows of it are bad: up to 20 are named.</exception>
    public static async Task<ImmutableArray<DataRow>> ReadAsync(string path, int? limit, CancellationToken cancellationToken)
    {
        var read = ImmutableArray.CreateBuilder<DataRow>();
        var problems = ImmutableArray.CreateBuilder<string>();

        await foreach (var line in ReadLinesAsync(path, cancellationToken))
        {
            if (line.Row is { } row)
                read.Add(row);
            else
                problems.Add(line.Problem);

            if (problems.Count >= MaxProblems || read.Count == limit)
                break;
        }

        if (problems.Count > 0)
            throw new DataSetFormatException(path, problems.DrainToImmutable(), WayOut);
        if (read.Count == 0)
            throw new DataSetFormatException(path, ["no rows in it"], WayOut);

        return read.DrainToImmutable();
    }

    /// <summary>Every row, bad ones too, with all its columns.</summary>
    /// <exception cref="DataSetFormatException">The file is missing, or nothing of it can be read.</exception>
    public static async IAsyncEnumerable<DataLine> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new DataSetFormatException(path, ["no such file"], "check the path; it is relative to where the silo started");

        var rows = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" or ".json" => JsonLinesFile.ReadAsync(path, cancellationToken),
            ".parquet" => ParquetFile.ReadAsync(path, cancellationToken),
            var other => throw new DataSetFormatException(path, [$"files of type \"{other}\" are not read"], "convert it to .jsonl or .parquet"),
        };
        await foreach (var (number, columns, problem) in rows)
            yield return problem is null
                ? DataRowReader.Read(number, columns)
                : new DataLine(number, columns, null, DataFault.Unreadable, problem);
    }
}
