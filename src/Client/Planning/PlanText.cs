using System.Globalization;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Planning.Layouts;

namespace SeedOrleans.Client.Planning;

/// <summary>A plan as a person reads it.</summary>
internal static class PlanText
{
    /// <param name="shown">Layouts to show.</param>
    public static string Of(PlanView view, int shown)
    {
        List<string> lines =
        [
            $"{HostileText.OneLine(view.Spec.Name, 64)}: {Count(view.Parameters)} parameters, {Count(view.ActiveParameters)} of them for each token, in {view.Config.Dtype.ToString().ToLowerInvariant()}",
            string.Create(CultureInfo.InvariantCulture, $"an update of {view.Load.Sequences} sequences of up to {view.Load.PromptTokens} + {view.Load.ResponseTokens} tokens on {view.Pool}, {view.Pool.Kind.UsableMemory / 1e9:0.0} GB usable on each"),
            "",
        ];
        if (view.Plan.Ranked.Count > 0)
            lines.AddRange(Columns.Align([Heading, .. view.Plan.Ranked.Take(shown).Select((planned, place) => Row(planned, view, place < view.Tried))]));

        lines.AddRange(view.Plan.Best is null ? ["Nothing fits."] : Best(view.Plan.Best, view));
        lines.AddRange(Losers(view, shown));
        return string.Join('\n', lines);
    }

    private const int MostReasons = 4;

    private static readonly string[] Heading =
        ["data", "context", "tensor", "expert", "tokens", "to need less memory", "GB", "weights", "grads", "optimizer", "activations", "working", "s/update", "compute", "comm", "idle", "step", "by"];

    private static string[] Row(PlannedLayout planned, PlanView view, bool isTried)
    {
        var (layout, memory, time) = (planned.Candidate.Layout, planned.Memory, planned.Time);
        return
        [
            Of(layout.Data), Of(layout.Context), Of(layout.Tensor), Of(layout.Expert), Of(planned.Candidate.SequencesAtOnce(view.Load) * view.Load.Fed),
            Measures(planned.Candidate.Memory), Gb(memory.Total), Gb(memory.Weights), Gb(memory.Gradients), Gb(memory.Optimizer), Gb(memory.Activations), Gb(memory.Working),
            Seconds(time.Total), Share(time.Compute, time), Share(time.Communication, time), Share(time.Idle, time), Share(time.Optimizer, time), isTried ? "trial" : "paper",
        ];
    }

    private static IEnumerable<string> Best(PlannedLayout best, PlanView view) =>
    [
        "",
        $"best: layout: {{data: {best.Candidate.Layout.Data}, context: {best.Candidate.Layout.Context}, tensor: {best.Candidate.Layout.Tensor}, expert: {best.Candidate.Layout.Expert}}}",
        $"      memory: {{reshard_after_forward: {Word(best.Candidate.Memory.ReshardAfterForward)}, recompute_every: {best.Candidate.Memory.RecomputeEvery}, recompute_activations: {Word(best.Candidate.Memory.RecomputeActivations)}, offload_activations: {Word(best.Candidate.Memory.OffloadActivations)}, offload_optimizer: {Word(best.Candidate.Memory.OffloadOptimizer)}}}",
        $"      training: {{micro_batch_tokens: {best.Candidate.MicroBatchTokens}}}",
        string.Create(CultureInfo.InvariantCulture, $"      {Seconds(best.Time.Total * view.Load.UpdatesPerStep)} s of training a step of {view.Load.UpdatesPerStep} updates; sampling comes beside it"),
    ];

    /// <summary>Why the others are not the best, kind by kind.</summary>
    private static IEnumerable<string> Losers(PlanView view, int shown)
    {
        var plan = view.Plan;
        yield return "";
        yield return $"sampling needs {Gb(view.Sampling.Weights)} GB of a machine for the policy and {Gb(view.Sampling.Cache)} GB for the keys and values of a worker's {view.Spec.Rollout.Slots} slots"
            + (view.Pool.Kind.IsCore ? ", which the cores share." : "; this version samples with the whole model on one device.");
        if (plan.Ranked.Count > shown)
            yield return $"{plan.Ranked.Count - shown} more fit and are slower, the slowest at {Seconds(plan.Ranked[^1].Time.Total)} s an update.";

        if (plan.TooLarge is [var smallest, ..])
            yield return $"{plan.TooLarge.Count} do not fit; the smallest of them needs {Gb(smallest.Memory.Total)} GB ({smallest.Candidate.Layout}; {Measures(smallest.Candidate.Memory)}; {smallest.Candidate.MicroBatchTokens} tokens): "
                + $"{Gb(smallest.Memory.Static)} for weights, gradients and optimizer, {Gb(smallest.Memory.Activations + smallest.Memory.Working)} for what passes through.";

        foreach (var (reason, count) in plan.Impossible.OrderByDescending(reason => reason.Value).Take(MostReasons))
            yield return $"{count} meshes cannot be: {reason}.";

        if (plan.Impossible.Count > MostReasons)
            yield return $"{plan.Impossible.Count - MostReasons} more reasons rule out others.";
    }

    private static string Measures(MemorySpec memory) => string.Join(", ", new[]
    {
        memory.ReshardAfterForward ? "reshard" : "",
        memory.RecomputeEvery switch { 0 => "", 1 => "recompute all", var every => $"recompute every {every}" },
        memory.RecomputeActivations ? "recompute activations" : "",
        memory.OffloadActivations ? "offload activations" : "",
        memory.OffloadOptimizer ? "offload optimizer" : "",
    }.Where(word => word.Length > 0).DefaultIfEmpty("nothing"));

    private static string Word(bool value) => value ? "true" : "false";

    private static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Gb(long bytes) => (bytes / 1e9).ToString(bytes < 1e9 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString(seconds < 1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    private static string Share(double seconds, TimeEstimate time) => (seconds / time.Total).ToString("0 %", CultureInfo.InvariantCulture);

    private static string Count(long number) => number switch
    {
        < 1_000_000 => (number / 1e3).ToString("0.#K", CultureInfo.InvariantCulture),
        < 1_000_000_000 => (number / 1e6).ToString("0.#M", CultureInfo.InvariantCulture),
        _ => (number / 1e9).ToString("0.#B", CultureInfo.InvariantCulture),
    };
}
