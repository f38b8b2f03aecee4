using System.Text.Json;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Chaos;

/// <summary>Blows and what they cost, in words and as JSON lines; docs/console.md promises the latter.</summary>
internal static class ChaosText
{
    /// <summary>What is told of costs at the end.</summary>
    private static readonly (string Word, string Key, Func<ChaosCost, TimeSpan> Of)[] Figured =
    [
        ("seen", "detected_s", cost => cost.Detected),
        ("restored", "restored_s", cost => cost.Restored),
        ("next step", "next_step_s", cost => cost.NextStep),
    ];

    public static string Line(ChaosBlow blow)
    {
        var how = blow.Strike.Stopped is { } stopped ? $"stopped for {Figures.Seconds(stopped)}" : "killed";
        var hosted = blow.Hosted.IsDefaultOrEmpty ? "nothing of the run" : HostileText.OneLine(string.Join(", ", blow.Hosted), 200);
        var cost = blow.Cost is { } known
            ? $"seen after {Figures.Seconds(known.Detected)}, restored after {Figures.Seconds(known.Restored)}, "
                + $"next step after {Figures.Seconds(known.NextStep)}, {known.Replayed} computed again"
            : "not noticed";

        return $"{blow.Strike.Number}  {SiloText.Name(blow.Strike.Silo)} {how} after step {blow.Step}, hosting {hosted}: {cost}";
    }

    /// <param name="planned">Blows that were to fall.</param>
    /// <param name="run">As it is now.</param>
    public static IEnumerable<string> End(IReadOnlyCollection<ChaosBlow> blows, int planned, RunSummary run)
    {
        if (blows.Count < planned)
            yield return $"The run is over; {blows.Count} of {planned} blows fell.";

        var costs = blows.Select(blow => blow.Cost).OfType<ChaosCost>().ToArray();
        yield return $"{blows.Count} blows, {costs.Length} noticed, {costs.Sum(cost => cost.Replayed)} steps computed again, goodput {Figures.Of(run.Goodput)}";
        if (costs.Length == 0)
            yield break;

        foreach (var line in Columns.Align(
        [
            ["", "median", "worst"],
            .. Figured.Select(figure => (string[])
            [
                figure.Word, Figures.Seconds(Median(costs.Select(figure.Of))), Figures.Seconds(costs.Max(figure.Of)),
            ]),
        ]))
            yield return line;
    }

    public static string Json(string runId, ChaosBlow blow) => RunJson.Write(json =>
    {
        json.WriteString("event", blow.Strike.Stopped is null ? "killed" : "stopped");
        json.WriteString("run_id", runId);
        json.WriteNumber("number", blow.Strike.Number);
        json.WriteString("silo", blow.Strike.Silo);
        WriteSeconds(json, "delay_s", blow.Strike.Delay);
        WriteSeconds(json, "stopped_s", blow.Strike.Stopped);
        json.WriteNumber("step", blow.Step);
        json.WriteStartArray("hosted");
        foreach (var actor in blow.Hosted)
            json.WriteStringValue(actor);

        json.WriteEndArray();
        json.WriteBoolean("noticed", blow.Cost is not null);
        foreach (var (_, key, of) in Figured)
            WriteSeconds(json, key, blow.Cost is { } cost ? of(cost) : null);

        json.WriteNumber("replayed", blow.Cost?.Replayed ?? 0);
    });

    public static string EndJson(IReadOnlyCollection<ChaosBlow> blows, int planned, RunSummary run) => RunJson.Write(json =>
    {
        var costs = blows.Select(blow => blow.Cost).OfType<ChaosCost>().ToArray();
        json.WriteString("event", "chaos");
        json.WriteString("run_id", run.RunId);
        json.WriteString("status", RunJson.Word(run.Status));
        json.WriteNumber("planned", planned);
        json.WriteNumber("blows", blows.Count);
        json.WriteNumber("noticed", costs.Length);
        foreach (var (_, key, of) in Figured)
        {
            json.WriteStartObject(key);
            WriteSeconds(json, "median", costs.Length == 0 ? null : Median(costs.Select(of)));
            WriteSeconds(json, "worst", costs.Length == 0 ? null : costs.Max(of));
            json.WriteEndObject();
        }

        json.WriteNumber("replayed", costs.Sum(cost => cost.Replayed));
        RunJson.WriteNumber(json, "goodput", run.Goodput);
    });

    private static TimeSpan Median(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? duration) =>
        RunJson.WriteNumber(json, name, duration is { } known ? Math.Round(known.TotalSeconds, 3) : null);
}
