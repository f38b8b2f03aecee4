using System.Collections.Immutable;

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
        if (!File.Exists(path))
            throw new DataSetFormatException(path, ["no such file"], "check the path; it is relative to where the silo started");

        var rows = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" or ".json" => JsonLinesFile.ReadAsync(path, cancellationToken),
            ".parquet" => ParquetFile.ReadAsync(path, cancellationToken),
            var other => throw new DataSetFormatException(path, [$"files of type \"{other}\" are not read"], "convert it to .jsonl or .parquet"),
        };
        var read = ImmutableArray.CreateBuilder<DataRow>();
        var problems = ImmutableArray.CreateBuilder<string>();

        await foreach (var (number, columns, problem) in rows)
        {
            if (problem is not null)
                problems.Add(problem);
            else if (DataRowReader.Read(number, columns, problems) is { } row)
                read.Add(row);

            if (problems.Count >= MaxProblems || read.Count == limit)
                break;
        }

        if (problems.Count > 0)
            throw new DataSetFormatException(path, problems.DrainToImmutable(), WayOut);
        if (read.Count == 0)
            throw new DataSetFormatException(path, ["no rows in it"], WayOut);

        return read.DrainToImmutable();
    }
}
