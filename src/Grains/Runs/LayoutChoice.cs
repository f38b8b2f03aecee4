using System.Globalization;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <summary>What <c>layout: auto</c> becomes on the devices of the cluster.</summary>
/// <remarks>A function of the spec and the number of devices; what it chose stands in the run's card and ledger, so nothing is chosen twice unasked.</remarks>
internal static class LayoutChoice
{
    /// <returns>The spec with a layout, the memory measures that it needs, and as many micro-batch tokens as fit.</returns>
    /// <exception cref="RunRefusedException">Nothing fits.</exception>
    public static RunSpec First(RunSpec spec, RunData data, ISiloRoster roster)
    {
        if (!spec.Layout.Auto)
            return spec;

        var chosen = Choose(spec, data, roster, keepsTheRest: false);
        return spec with
        {
            Layout = chosen.Layout with { Auto = true },
            Memory = chosen.Memory,
            Training = spec.Training with { MicroBatchTokens = chosen.MicroBatchTokens },
        };
    }

    /// <returns>The layout for the devices that there are now; all else stays as it was.</returns>
    /// <exception cref="RunRefusedException">Nothing fits.</exception>
    public static LayoutSpec Again(RunSpec spec, RunData data, ISiloRoster roster) =>
        Choose(spec, data, roster, keepsTheRest: true).Layout with { Auto = true };

    private static LayoutCandidate Choose(RunSpec spec, RunData data, ISiloRoster roster, bool keepsTheRest)
    {
        var devices = DevicePool.Cores(Math.Max(1, roster.Living.Where(silo => !silo.IsDraining).Sum(silo => silo.DeviceSlots)));
        var config = ModelConfig.Of(spec.Model, data.Tokenizer.VocabularySize);
        var bounds = PlanBounds.Of(spec, config, devices) with { KeepsTheRest = keepsTheRest };
        var plan = new LayoutPlanner(config, UpdateLoad.Of(spec), devices, bounds).Plan();
        return plan.Best?.Candidate ?? throw new RunRefusedException(string.Create(
            CultureInfo.InvariantCulture,
            $"layout: auto finds none for {devices.Count} devices of {devices.Kind.MemoryGb:0.0} GB: {Why(plan)}. See seed plan; take more devices or a smaller model."));
    }

    private static string Why(LayoutPlan plan) => plan.TooLarge is [var smallest, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"the smallest ({smallest.Candidate.Layout}) needs {smallest.Memory.Total / 1e9:0.0} GB on each")
        : string.Join("; ", plan.Impossible.Keys);
}
