using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Views;

/// <summary>Runs at a glance as JSON lines; docs/console.md promises these shapes.</summary>
internal static class RunSummaryJson
{
    public static string Line(RunSummary summary) => RunJson.Write(json => WriteSummary(json, summary));

    /// <summary>With the silos and the spec.</summary>
    public static string Line(RunSummary summary, RunSpec spec) => RunJson.Write(json =>
    {
        WriteSummary(json, summary);
        WriteSilos(json, summary.Silos);
        json.WritePropertyName("spec");
        JsonSerializer.Serialize(json, spec, RunJson.SnakeCase);
    });

    public static void WriteRecovery(Utf8JsonWriter json, Recovery recovery)
    {
        json.WriteStartObject();
        json.WriteString("silo", recovery.Silo);
        json.WriteNumber("epoch", recovery.Epoch);
        json.WriteNumber("step", recovery.Step);
        json.WriteString("lost_at", recovery.LostAt);
        WriteSeconds(json, "detected_s", recovery.Detected);
        WriteSeconds(json, "restored_s", recovery.Restored);
        WriteSeconds(json, "resumed_s", recovery.Resumed);
        json.WriteNumber("replayed", recovery.Replayed);
        json.WriteEndObject();
    }

    /// <summary>Left out where there are none.</summary>
    public static void WriteAlerts(Utf8JsonWriter json, ImmutableArray<string> alerts)
    {
        if (alerts.IsDefaultOrEmpty)
            return;

        json.WriteStartArray("alerts");
        foreach (var alert in alerts)
            json.WriteStringValue(alert);

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteString("run_id", summary.RunId);
        json.WriteString("name", summary.Name);
        json.WriteString("status", RunJson.Word(summary.Status));
        json.WriteNumber("step", summary.Step);
        json.WriteNumber("total_steps", summary.TotalSteps);
        RunJson.WriteEvaluation(json, summary);
        json.WriteString("submitted_at", summary.SubmittedAt);
        WriteSeconds(json, "seconds", summary.Elapsed);
        json.WriteString("folder", summary.Folder);
        json.WriteString("error", summary.Error);
        json.WriteString("forked_from", summary.ForkedFrom);
        json.WriteString("chain_hash", summary.ChainHash);
        json.WriteString("weights_hash", summary.WeightsHash);
        json.WriteStartObject("groups");
        json.WriteNumber("consumed", summary.GroupsConsumed);
        json.WriteNumber("dropped", summary.GroupsDropped);
        json.WriteNumber("duplicated", summary.GroupsDuplicated);
        json.WriteNumber("lost", summary.GroupsLost);
        json.WriteEndObject();
        json.WriteNumber("epoch", summary.Epoch);
        RunJson.WriteNumber(json, "goodput", summary.Goodput);
        json.WriteStartArray("recoveries");
        foreach (var recovery in summary.Recoveries)
            WriteRecovery(json, recovery);

        json.WriteEndArray();
        WriteAlerts(json, summary.Alerts);
    }

    private static void WriteSilos(Utf8JsonWriter json, ImmutableArray<SiloPresence> silos)
    {
        json.WriteStartArray("silos");
        foreach (var silo in silos)
        {
            json.WriteStartObject();
            json.WriteString("name", silo.Name);
            json.WriteString("address", silo.Address);
            json.WriteBoolean("alive", silo.IsAlive);
            json.WriteBoolean("draining", silo.IsDraining);
            json.WriteNumber("slots", silo.DeviceSlots);
            json.WriteStartArray("hosts");
            foreach (var actor in silo.Hosts)
                json.WriteStringValue(actor);

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalSeconds, 3));
}
