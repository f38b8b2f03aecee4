using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data.Files;

namespace SeedOrleans.Client.DataTools;

/// <summary>A data file in memory, with its bad rows.</summary>
internal sealed record DataTable(string File, ImmutableArray<DataLine> Lines)
{
    private const int MostNamed = 20;

    public IEnumerable<DataRow> Rows => Lines.Select(line => line.Row).OfType<DataRow>();

    /// <exception cref="CommandFailedException">There is no such file, it cannot be read, or nothing is in it.</exception>
    public static async Task<DataTable> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(file))
            throw Refuse($"{file}: no such file; name a .jsonl or .parquet file.");

        try
        {
            var lines = ImmutableArray.CreateBuilder<DataLine>();
            await foreach (var line in DataFile.ReadLinesAsync(file, cancellationToken))
                lines.Add(line);

            return lines.Count > 0 ? new DataTable(file, lines.DrainToImmutable()) : throw Refuse($"{file}: no rows in it.");
        }
        catch (DataSetFormatException refusal)
        {
            throw Refuse(refusal.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"{file}: cannot be read ({failure.Message.TrimEnd('.')}).");
        }
    }

    /// <inheritdoc cref="ReadAsync"/>
    /// <param name="tolerated">A fault that the caller knows what to do with.</param>
    /// <exception cref="CommandFailedException">Rows are bad: up to twenty are named.</exception>
    public static async Task<DataTable> ReadGoodAsync(string file, CancellationToken cancellationToken, DataFault tolerated = DataFault.None)
    {
        var table = await ReadAsync(file, cancellationToken);
        DataLine[] bad = [.. table.Lines.Where(line => line.Row is null && line.Fault != tolerated)];
        return bad.Length == 0 ? table : throw Refuse(string.Join(
            Environment.NewLine,
            [
                .. bad.Take(MostNamed).Select(line => $"{table.Place(line)}: {HostileText.OneLine(line.Problem, 300)}"),
                $"{bad.Length} rows of {file} are no questions; nothing was written. Mend them; seed data validate names all.",
            ]));
    }

    /// <returns><c>FILE:ROW</c>.</returns>
    public string Place(DataLine line) => Place(File, line.Number);

    public static string Place(string file, int row) => string.Create(CultureInfo.InvariantCulture, $"{file}:{row}");

    private static CommandFailedException Refuse(string message) => new(ExitCode.Usage, message);
}
