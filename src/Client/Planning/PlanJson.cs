using System.Text.Json;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Planning.Layouts;

namespace SeedOrleans.Client.Planning;

/// <summary>A plan as one line of JSON; docs/console.md promises its shape.</summary>
internal static class PlanJson
{
    public static string Of(PlanView view, int shown) => RunJson.Write(json =>
    {
        json.WriteString("devices", view.Pool.ToString());
        json.WriteNumber("usable_bytes", (long)view.Pool.Kind.UsableMemory);
        json.WriteNumber("parameters", view.Parameters);
        json.WriteNumber("active_parameters", view.ActiveParameters);
        json.WriteStartObject("sampling");
        json.WriteNumber("weights", view.Sampling.Weights);
        json.WriteNumber("cache", view.Sampling.Cache);
        json.WriteEndObject();
        WriteLayouts(json, "layouts", view.Plan.Ranked.Take(shown), view.Tried);
        json.WriteNumber("fitting", view.Plan.Ranked.Count);
        WriteLayouts(json, "too_large", view.Plan.TooLarge.Take(1), 0);
        json.WriteNumber("not_fitting", view.Plan.TooLarge.Count);
        json.WriteStartObject("impossible");
        foreach (var (reason, count) in view.Plan.Impossible)
            json.WriteNumber(reason, count);

        json.WriteEndObject();
    });

    private static void WriteLayouts(Utf8JsonWriter json, string name, IEnumerable<PlannedLayout> layouts, int tried)
    {
        json.WriteStartArray(name);
        foreach (var (place, planned) in layouts.Index())
        {
            json.WriteStartObject();
            Write("layout", planned.Candidate.Layout);
            Write("memory", planned.Candidate.Memory);
            json.WriteNumber("micro_batch_tokens", planned.Candidate.MicroBatchTokens);
            Write("bytes", planned.Memory);
            Write("seconds", planned.Time);
            json.WriteBoolean("tried", place < tried);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void Write<T>(string key, T value)
        {
            json.WritePropertyName(key);
            JsonSerializer.Serialize(json, value, RunJson.SnakeCase);
        }
    }
}
