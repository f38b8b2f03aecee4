using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Data.Files;

namespace SeedOrleans.Client.DataTools;

/// <summary>Finds rows whose question was kept before, or stands in an evaluation set.</summary>
internal sealed class DuplicateFinder
{
    public const string Exact = "duplicate", Near = "near-duplicate", Overlap = "overlap";

    private readonly QuestionIndex _kept, _evaluation;
    private readonly List<DataRow> _keptRows = [];
    private readonly List<string> _evaluationPlaces = [];
    private readonly string _file;

    /// <param name="table">Whose rows it is going to meet.</param>
    /// <param name="near">The least similarity of near duplicates; 1 leaves them in.</param>
    public DuplicateFinder(DataTable table, double near, IEnumerable<DataTable> evaluation)
    {
        _file = table.File;
        _kept = new QuestionIndex(near, sharesWords: false);
        _evaluation = new QuestionIndex(near, sharesWords: true);
        foreach (var held in evaluation)
            foreach (var row in held.Rows)
            {
                _evaluation.Add(Asked(row));
                _evaluationPlaces.Add(DataTable.Place(held.File, row.Number));
            }

        if (_evaluationPlaces.Count > 0)
            _evaluation.ForgetTemplates(table.Rows.Select(Asked));
    }

    public static async Task<ImmutableArray<DataTable>> ReadEvaluationAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var tables = ImmutableArray.CreateBuilder<DataTable>();
        foreach (var file in files)
            tables.Add(await DataTable.ReadGoodAsync(file, cancellationToken));

        return tables.DrainToImmutable();
    }

    /// <returns>Null where the row is new, and is kept from now on.</returns>
    public Drop? Meet(DataRow row)
    {
        var question = Asked(row);
        if (_evaluation.Find(question) is { } leak)
            return new Drop(row.Number, Overlap, $"in an evaluation set: {Words(leak)}", _evaluationPlaces[leak.Place]);

        if (_kept.Find(question) is { } match)
        {
            var first = _keptRows[match.Place];
            var conflict = match.Kind == MatchKind.Exact && first.GroundTruth != row.GroundTruth ? ", with another reference" : "";
            return new Drop(
                row.Number, match.Kind == MatchKind.Exact ? Exact : Near, Words(match) + conflict, DataTable.Place(_file, first.Number));
        }

        _kept.Add(question);
        _keptRows.Add(row);
        return null;
    }

    /// <returns>The question without a system's message, which all rows may share.</returns>
    public static string Asked(DataRow row)
    {
        string[] asked = [.. row.Messages.Where(message => message.Role != "system").Select(message => message.Content)];
        return asked.Length > 0 ? string.Join('\n', asked) : row.ReadQuestion();
    }

    private static string Words(QuestionMatch match) => match.Kind switch
    {
        MatchKind.Exact => "the same question",
        MatchKind.Near => string.Create(CultureInfo.InvariantCulture, $"similarity {match.Similarity:0.000}"),
        _ => $"the same words: {match.Shared}",
    };
}
