using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>Checkpoints in words and as JSON lines; docs/console.md promises the latter.</summary>
internal static class CheckpointText
{
    private static readonly string[] Header = ["CHECKPOINT", "STEP", "WEIGHTS", "TENSORS", "RANKS", "SIZE", ""];

    public static IEnumerable<string> Table(ImmutableArray<CheckpointInfo> checkpoints) => Columns.Align(
    [
        Header,
        .. checkpoints.Select(checkpoint => (string[])
        [
            HostileText.OneLine(checkpoint.Name, 100),
            checkpoint.Step == 0 ? $"cold start {checkpoint.ColdStartSteps}" : $"{checkpoint.Step}",
            HostileText.OneLine(checkpoint.WeightsHash, 13),
            $"{checkpoint.Tensors}",
            $"{checkpoint.Ranks}",
            Figures.Bytes(checkpoint.Bytes),
            string.Join(", ", Remarks(checkpoint)),
        ]),
    ]);

    public static string Json(CheckpointInfo checkpoint) => RunJson.Write(json =>
    {
        json.WriteString("checkpoint", checkpoint.Name);
        json.WriteNumber("step", checkpoint.Step);
        json.WriteNumber("cold_start_steps", checkpoint.ColdStartSteps);
        json.WriteString("weights_hash", checkpoint.WeightsHash);
        json.WriteNumber("tensors", checkpoint.Tensors);
        json.WriteNumber("ranks", checkpoint.Ranks);
        json.WriteNumber("bytes", checkpoint.Bytes);
        json.WriteBoolean("pinned", checkpoint.IsPinned);
        json.WriteBoolean("current", checkpoint.IsCurrent);
    });

    public static string Verified(string checkpoint, ImmutableArray<string> problems) => string.Join('\n', (string[])
    [
        $"{HostileText.OneLine(checkpoint, 100)}  {(problems.IsEmpty ? "ok" : "damaged")}",
        .. problems.Select(problem => $"  {HostileText.OneLine(problem, 1000)}"),
    ]);

    public static string VerifiedJson(string checkpoint, ImmutableArray<string> problems) => RunJson.Write(json =>
    {
        json.WriteString("checkpoint", checkpoint);
        json.WriteBoolean("ok", problems.IsEmpty);
        json.WriteStartArray("problems");
        foreach (var problem in problems)
            json.WriteStringValue(problem);

        json.WriteEndArray();
    });

    /// <returns>JSON without its line breaks.</returns>
    public static string OneLine(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    private static IEnumerable<string> Remarks(CheckpointInfo checkpoint)
    {
        if (checkpoint.IsPinned)
            yield return "pinned";

        if (!checkpoint.IsCurrent)
            yield return "not on the run's history";
    }
}
