using System.CommandLine;
using System.CommandLine.Parsing;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using SeedOrleans.Engine.Profiling;

namespace SeedOrleans.Client.Planning;

/// <summary><c>seed plan SPEC</c>: which layouts of a run fit which devices, and how fast they are, before anything starts.</summary>
internal static class PlanCommand
{
    /// <summary>Of the planned layouts, so many are tried on this machine.</summary>
    private const int MostTried = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(CommandServices services)
    {
        var (file, overrides, json) = (CommandParts.SpecFile(), CommandParts.Overrides(), CommandParts.Json());
        var top = NumberOptions.Of("--top", "Layouts to show.", 1, 1000, 10);
        var devices = Devices();
        var onPaper = new Option<bool>("--on-paper") { Description = "Try nothing on this machine's cores; plan from the catalogue alone." };
        var command = new Command("plan", "Work out beforehand how a run is laid out, on what devices it fits, and how fast it is.")
        {
            file, overrides, devices, top, onPaper, json, BalanceCommand.Create(services),
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = SpecLoading.Load(parsed.GetRequiredValue(file), parsed.GetValue(overrides) ?? []);
            var pool = parsed.GetValue(devices) ?? DevicePool.Cores(Environment.ProcessorCount);
            var (config, load) = (await ConfigOfAsync(spec, cancellationToken), UpdateLoad.Of(spec));
            var plan = new LayoutPlanner(config, load, pool, PlanBounds.Of(spec, config, pool)).Plan();
            var count = 0;
            if (pool.Kind.IsCore && !parsed.GetValue(onPaper) && plan.Best is not null)
            {
                var tried = await Task.Factory.StartNew(
                    () => new LayoutTrials(config, load, pool.Kind).Try(plan.Contenders.Take(MostTried), Patience, cancellationToken),
                    cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                plan = plan with { Ranked = [.. tried, .. plan.Ranked.ExceptBy(tried.Select(planned => planned.Candidate), planned => planned.Candidate)] };
                count = tried.Count;
            }

            var view = new PlanView(spec, config, load, pool, plan, count);
            var shown = parsed.GetValue(top);
            await services.Console.Output.WriteLineAsync(parsed.GetValue(json) ? PlanJson.Of(view, shown) : PlanText.Of(view, shown));
            return plan.Best is null ? ExitCode.RunFailed : ExitCode.Fine;
        });

        return command;
    }

    private static Option<DevicePool?> Devices() => new("--devices")
    {
        Description = $"What to plan for: {DevicePool.Spelling}. Left out, all cores of this machine.",
        HelpName = "DEVICES",
        CustomParser = Parse,
    };

    private static DevicePool? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (DevicePool.Parse(text) is { } pool)
            return pool;

        result.AddError($"--devices '{HostileText.OneLine(text, 60)}' are no devices; write {DevicePool.Spelling}.");
        return null;
    }

    /// <summary>Only a shape that does not say how many tokens there are needs the tokenizer.</summary>
    private static async Task<ModelConfig> ConfigOfAsync(RunSpec spec, CancellationToken cancellationToken) =>
        ModelConfig.Of(spec.Model, spec.Model.Path is null && spec.Model.Shape!.VocabularySize is null
            ? (await RunData.LoadTokenizerAsync(spec, cancellationToken)).VocabularySize
            : 0);
}
