using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>Runs as aligned columns.</summary>
internal static class RunTable
{
    private static readonly string[] Header = ["RUN", "STATUS", "STEP", "PASS@1", "ELAPSED", "SUBMITTED"];

    public static IEnumerable<string> Lines(IEnumerable<RunSummary> runs) => Columns.Align(
    [
        Header,
        .. runs.Select(run => (string[])
        [
            HostileText.OneLine(run.RunId, 100),
            RunJson.Word(run.Status),
            $"{run.Step}/{run.TotalSteps}",
            RunText.Evaluation(run),
            Figures.Of((TimeSpan?)run.Elapsed),
            run.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ]),
    ]);
}
