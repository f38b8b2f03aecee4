using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>One optimizer step as all ranks together saw it.</summary>
internal sealed record UpdateReport(
    IReadOnlyDictionary<string, double> Means, double GradientNorm, long ResponseTokens, long FedTokens,
    double ProbabilityDifferenceMean, double LogProbDifferenceMean, double LogProbDifferenceMax, double MaxExpertLoad)
{
    public static UpdateReport Of(IReadOnlyList<RankReport> reports)
    {
        var tokens = Math.Max(1, reports.Sum(report => report.ResponseTokens));
        return new UpdateReport(
            reports.SelectMany(report => report.Sums).GroupBy(sum => sum.Key)
                .ToDictionary(same => same.Key, same => same.Sum(sum => sum.Value)),
            reports[0].GradientNorm,
            reports.Sum(report => report.ResponseTokens),
            reports.Sum(report => report.FedTokens),
            reports.Sum(report => report.ProbabilityDifferenceSum) / tokens,
            reports.Sum(report => report.LogProbDifferenceSum) / tokens,
            reports.Max(report => report.LogProbDifferenceMax),
            reports.Max(report => report.MaxExpertLoad));
    }
}
