using System.Collections.Immutable;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>One optimizer step as all ranks together saw it.</summary>
internal sealed record UpdateReport(
    IReadOnlyDictionary<string, double> Means, double GradientNorm, long ResponseTokens, long FedTokens,
    double ProbabilityDifferenceMean, double LogProbDifferenceMean, double LogProbDifferenceMax, double MaxExpertLoad, long PeakBytes)
{
    /// <param name="reports">With the numbers of the ranks that each speaks of.</param>
    public static UpdateReport Of(IReadOnlyList<(ImmutableArray<int> Ranks, HostedReports Seen)> reports)
    {
        var seen = reports.Select(report => report.Seen).ToArray();
        var tokens = Math.Max(1, seen.Sum(report => report.ResponseTokens));
        return new UpdateReport(
            seen.SelectMany(report => report.Sums.Keys).Distinct()
                .ToDictionary(name => name, name => SumByRank(reports, report => report.Sums.GetValueOrDefault(name, []))),
            seen[0].GradientNorm,
            seen.Sum(report => report.ResponseTokens),
            seen.Sum(report => report.FedTokens),
            SumByRank(reports, report => report.ProbabilityDifferenceSums) / tokens,
            SumByRank(reports, report => report.LogProbDifferenceSums) / tokens,
            seen.Max(report => report.LogProbDifferenceMax),
            seen.Max(report => report.MaxExpertLoad),
            seen.Max(report => report.PeakBytes));
    }

    /// <summary>Adds in the order of ranks, so that placement changes no bit.</summary>
    private static double SumByRank(
        IReadOnlyList<(ImmutableArray<int> Ranks, HostedReports Seen)> reports, Func<HostedReports, ImmutableArray<double>> sums)
    {
        var byRank = new double[reports.Sum(report => report.Ranks.Length)];
        foreach (var (ranks, seen) in reports)
            foreach (var (rank, sum) in ranks.Zip(sums(seen)))
                byRank[rank] = sum;

        return byRank.Sum();
    }
}
