using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Views;

/// <summary>Runs as JSON lines; docs/console.md promises these shapes.</summary>
internal static class RunJson
{
    public static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Readable = new(SnakeCase)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Submitted(string runId) => Write(json =>
    {
        json.WriteString("event", "submitted");
        json.WriteString("run_id", runId);
    });

    /// <param name="step">The last committed step that it goes on from.</param>
    public static string Resumed(string runId, int step) => Write(json =>
    {
        json.WriteString("event", "resumed");
        json.WriteString("run_id", runId);
        json.WriteNumber("step", step);
    });

    public static string Event(string runId, RunEvent happened) => Write(json =>
    {
        json.WriteString("event", Word(happened.Kind));
        json.WriteString("run_id", runId);
        json.WriteNumber("number", happened.Number);
        json.WriteString("at", happened.At);
        json.WriteNumber("step", happened.Step);
        WriteMetrics(json, happened.Metrics);
        WriteSamples(json, happened.Samples);
        if (happened.Message.Length > 0)
            json.WriteString("message", happened.Message);

        RunSummaryJson.WriteAlerts(json, happened.Alerts);
        if (happened.Recovery is not { } recovery)
            return;

        json.WritePropertyName("recovery");
        RunSummaryJson.WriteRecovery(json, recovery);
    });

    public static string Finished(RunSummary summary) => Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteString("run_id", summary.RunId);
        json.WriteString("status", Word(summary.Status));
        json.WriteNumber("steps", summary.Step);
        WriteEvaluation(json, summary);
        json.WriteNumber("seconds", Math.Round(summary.Elapsed.TotalSeconds, 3));
        json.WriteString("folder", summary.Folder);
        if (summary.Error.Length > 0)
            json.WriteString("error", summary.Error);
    });

    public static string Validation(SpecReading reading) => Write(json =>
    {
        json.WriteBoolean("valid", reading.Errors.IsEmpty);
        json.WritePropertyName("errors");
        JsonSerializer.Serialize(json, reading.Errors, SnakeCase);
    });

    /// <returns>Over several lines, without the keys that were left out.</returns>
    public static string Spec(RunSpec spec) => JsonSerializer.Serialize(spec, Readable);

    /// <returns>One object on one line.</returns>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <returns>The snake_case spelling of an enumeration's word.</returns>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static void WriteEvaluation(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteStartObject("eval");
        WriteNumber(json, "before", summary.EvaluationBefore);
        WriteNumber(json, "after", summary.EvaluationAfter);
        json.WriteEndObject();
    }

    /// <summary>JSON has no NaN and no infinity; both become null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteMetrics(Utf8JsonWriter json, ImmutableDictionary<string, double> metrics)
    {
        if (metrics.IsEmpty)
            return;

        json.WriteStartObject("metrics");
        foreach (var (name, value) in metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            WriteNumber(json, name, value);

        json.WriteEndObject();
    }

    private static void WriteSamples(Utf8JsonWriter json, ImmutableArray<AnswerSample> samples)
    {
        if (samples.IsDefaultOrEmpty)
            return;

        json.WritePropertyName("samples");
        JsonSerializer.Serialize(json, samples, SnakeCase);
    }
}
