using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>Replayed steps in words and as JSON lines; docs/console.md promises the latter.</summary>
internal static class ReplayText
{
    public static string Line(ReplayedStep step) =>
        $"step {step.Step}  {HostileText.OneLine(step.WeightsHash, 64)}  {(step.Matches ? "ok" : "different")}  {Figures.Seconds(step.Took)}"
        + (step.Dump.Length == 0 ? "" : $"  {HostileText.OneLine(step.Dump, 500)}");

    public static string End(int steps, int different) => different == 0
        ? $"{steps} {(steps == 1 ? "step" : "steps")}, all as they were committed"
        : $"{steps} steps, {different} not as they were committed";

    public static string Json(string runId, ReplayedStep step) => RunJson.Write(json =>
    {
        json.WriteString("event", "replayed_step");
        json.WriteString("run_id", runId);
        json.WriteNumber("step", step.Step);
        json.WriteString("weights_hash", step.WeightsHash);
        json.WriteBoolean("matches", step.Matches);
        json.WriteNumber("seconds", Math.Round(step.Took.TotalSeconds, 3));
        if (step.Dump.Length > 0)
            json.WriteString("dump", step.Dump);
    });

    public static string EndJson(string runId, int steps, int different) => RunJson.Write(json =>
    {
        json.WriteString("event", "replayed");
        json.WriteString("run_id", runId);
        json.WriteNumber("steps", steps);
        json.WriteNumber("different", different);
    });
}
