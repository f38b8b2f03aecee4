using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Code;

/// <param name="Program">As it was taken from the response; empty where there was none.</param>
/// <param name="Results">Of the tests that were run, in order.</param>
/// <param name="Tests">That there are.</param>
public sealed record CodeJudgement(string Program, ImmutableArray<TestResult> Results, int Tests)
{
    public bool IsCorrect => Tests > 0 && Results.Length == Tests && Results.All(result => result.IsAccepted);

    /// <summary>The share of tests that passed.</summary>
    public double Passed => Tests == 0 ? 0 : Results.Count(result => result.IsAccepted) / (double)Tests;

    /// <summary>The first verdict that is not <see cref="CodeVerdict.Accepted"/>.</summary>
    public CodeVerdict Verdict => Results.FirstOrDefault(result => !result.IsAccepted)?.Verdict ?? (IsCorrect ? CodeVerdict.Accepted : CodeVerdict.CompileError);

    /// <returns>How many tests passed, and what the first one that did not says.</returns>
    public string Explain() =>
        $"{Results.Count(result => result.IsAccepted)} of {Tests} tests passed{(Results.FirstOrDefault(result => !result.IsAccepted) is { } failed ? $": {failed.Note}" : ".")}";
}
