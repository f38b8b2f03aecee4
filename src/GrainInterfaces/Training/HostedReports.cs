using System.Collections.Immutable;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>What the ranks on one silo saw of one optimizer step.</summary>
/// <remarks>
/// Counts and maxima are those of all its ranks together. Sums of fractions stay apart, a list with one number for each of
/// <see cref="HostedRanks.Numbers"/>: they are added in the order of all ranks, so that their bits do not tell where ranks were.
/// </remarks>
[GenerateSerializer, Immutable, Alias("seed.hosted-reports")]
public sealed record HostedReports
{
    /// <inheritdoc cref="RankReport.Sums"/>
    [Id(0)] public required ImmutableDictionary<string, ImmutableArray<double>> Sums { get; init; }

    [Id(1)] public required double GradientNorm { get; init; }

    [Id(2)] public required long ResponseTokens { get; init; }

    [Id(3)] public required long FedTokens { get; init; }

    [Id(4)] public required ImmutableArray<double> ProbabilityDifferenceSums { get; init; }

    [Id(5)] public required ImmutableArray<double> LogProbDifferenceSums { get; init; }

    [Id(6)] public required double LogProbDifferenceMax { get; init; }

    [Id(7)] public required double MaxExpertLoad { get; init; }

    /// <summary>Of the rank that took most.</summary>
    [Id(8)] public required long PeakBytes { get; init; }

    public static HostedReports Of(IReadOnlyList<RankReport> reports) => new()
    {
        // A rank without sequences may not have every sum.
        Sums = reports.SelectMany(report => report.Sums.Keys).Distinct().ToImmutableDictionary(
            name => name, name => reports.Select(report => report.Sums.GetValueOrDefault(name)).ToImmutableArray()),
        GradientNorm = reports[0].GradientNorm,
        ResponseTokens = reports.Sum(report => report.ResponseTokens),
        FedTokens = reports.Sum(report => report.FedTokens),
        ProbabilityDifferenceSums = [.. reports.Select(report => report.ProbabilityDifferenceSum)],
        LogProbDifferenceSums = [.. reports.Select(report => report.LogProbDifferenceSum)],
        LogProbDifferenceMax = reports.Max(report => report.LogProbDifferenceMax),
        MaxExpertLoad = reports.Max(report => report.MaxExpertLoad),
        PeakBytes = reports.Max(report => report.PeakBytes),
    };
}
