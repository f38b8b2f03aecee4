using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SeedOrleans.Client.Commands;

/// <summary>A run, and one of its committed steps where one is named: <c>RUN@STEP</c>.</summary>
/// <param name="Run">Its id, or as much of its beginning as is unique.</param>
internal sealed record RunAtStep(string Run, int? Step)
{
    /// <param name="needsStep">Whether <c>RUN</c> alone is refused.</param>
    public static Argument<RunAtStep> Argument(bool needsStep) => new("run")
    {
        Description = needsStep ? "RUN@STEP: a run, and the committed step to go on from." : "RUN, or RUN@STEP to go on from an earlier committed step.",
        HelpName = needsStep ? "run@step" : "run[@step]",
        CustomParser = result => Parse(result, needsStep),
    };

    private static RunAtStep? Parse(ArgumentResult result, bool needsStep)
    {
        var text = result.Tokens.Single().Value;
        var at = text.LastIndexOf('@');
        if (at < 0 && !needsStep)
            return new RunAtStep(text, Step: null);

        if (at > 0 && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            return new RunAtStep(text[..at], step);

        result.AddError($"'{text}' names no step of a run; write RUN@STEP, for example quickstart-kfhqzu@12.");
        return null;
    }
}
