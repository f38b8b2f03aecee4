using System.CommandLine;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed eval FILE</c>: measures a model on a spec's held-out problems: a run of no steps.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, overrides, data, json) = (CommandParts.SpecFile(), CommandParts.Overrides(), CommandParts.DataFolder(), CommandParts.Json());
        var model = new Option<string?>("--model") { Description = "A model folder to measure in place of the spec's.", HelpName = "DIR" };
        var command = new Command("eval", "Measure a model on a spec's held-out problems.") { file, overrides, model, data, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] all = [.. parsed.GetValue(overrides) ?? [], "training.steps=0", "cold_start=null", .. Model(parsed.GetValue(model))];
            var spec = SpecLoading.Load(parsed.GetRequiredValue(file), all);

            if (spec.Data.Evaluation.IsEmpty)
                throw new CommandFailedException(ExitCode.Usage, $"{parsed.GetValue(file)} has no held-out problems; give it data.evaluation.");

            var isJson = parsed.GetValue(json);
            var summary = await new LocalRun(services, RunViews.For(services.Console, isJson))
                .ExecuteAsync(spec, parsed.GetRequiredValue(data), storage: null, cancellationToken);

            if (summary.Status != RunStatus.Succeeded)
                return ExitCode.RunFailed;

            if (!isJson)
                await services.Console.Output.WriteLineAsync($"pass@1 {Figures.Of(summary.EvaluationAfter ?? summary.EvaluationBefore, "0.0000")}");

            return ExitCode.Fine;
        });

        return command;
    }

    /// <summary>A folder brings its own shape, and its own tokenizer if it has one.</summary>
    private static IEnumerable<string> Model(string? folder)
    {
        if (folder is null)
            yield break;

        yield return $"model.path={folder}";
        yield return "model.shape=null";
        if (File.Exists(Path.Combine(folder, "tokenizer.json")))
            yield return "model.tokenizer=null";
    }
}
