using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Client.DataTools;

/// <summary>A question to sample responses to, and how its row is written once there is a solution.</summary>
/// <param name="Place">For messages.</param>
/// <param name="Columns">Of the row, with or without a <c>solution</c> of its own.</param>
internal sealed record MadeQuestion(string Place, DataRow Row, JsonElement Columns)
{
    private const string Solution = "solution";

    public static IEnumerable<MadeQuestion> Of(DataTable table) =>
        table.Lines.Where(line => line.Row is not null).Select(line => new MadeQuestion(table.Place(line), line.Row!, line.Columns));

    /// <returns>The training problems that a run of this seed would draw.</returns>
    /// <exception cref="TaskExhaustedException">The task has fewer.</exception>
    public static ImmutableArray<MadeQuestion> Of(ITask task, int difficulty, int count, ulong seed) =>
    [
        .. TaskSet.Draw(task, difficulty, count, DataSplit.Training, seed).Select((problem, index) =>
        {
            var row = new DataRow(index + 1, [new ChatMessage("user", problem.Question)], problem.GroundTruth, null, $"{task.Name}-{difficulty}", task.RewardStyle);
            return new MadeQuestion(DataTable.Place(row.DataSource!, row.Number), row, ColumnsOf(row));
        }),
    ];

    /// <returns>The row's own columns, with the solution in place of any other.</returns>
    public string With(string solution) => RunJson.Write(json =>
    {
        foreach (var column in Columns.EnumerateObject().Where(column => !column.NameEquals(Solution)))
            column.WriteTo(json);

        json.WriteString(Solution, solution);
    });

    private static JsonElement ColumnsOf(DataRow row) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["data_source"] = row.DataSource,
        ["prompt"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = row.ReadQuestion() }),
        ["reward_model"] = new JsonObject { ["style"] = row.RewardStyle, ["ground_truth"] = row.GroundTruth },
    });
}
