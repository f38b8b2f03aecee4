using System.CommandLine;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed run FILE</c>: a run on a silo of its own, from start to end.</summary>
internal static class RunCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, overrides, data, json) = (CommandParts.SpecFile(), CommandParts.Overrides(), CommandParts.DataFolder(), CommandParts.Json());
        var storage = CommandParts.NewStorage("Everything durable: FOLDER or azure:…. The silo joins whoever works there, and an unfinished run can go on later.");
        var command = new Command("run", "Start a silo on this machine, run a spec on it to the end, and leave nothing running.")
        {
            file, overrides, storage, data, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = SpecLoading.Load(parsed.GetRequiredValue(file), parsed.GetValue(overrides) ?? []);
            var run = new LocalRun(services, RunViews.For(services.Console, parsed.GetValue(json)));
            var summary = await run.ExecuteAsync(spec, parsed.GetRequiredValue(data), parsed.GetValue(storage), cancellationToken);

            return summary.Status == RunStatus.Succeeded ? ExitCode.Fine : ExitCode.RunFailed;
        });

        return command;
    }
}
