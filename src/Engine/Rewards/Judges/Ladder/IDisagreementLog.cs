namespace SeedOrleans.Engine.Rewards.Judges.Ladder;

/// <summary>Where disagreements are kept for review. Safe to use from many threads.</summary>
public interface IDisagreementLog
{
    ValueTask AddAsync(Disagreement disagreement, CancellationToken cancellationToken);
}
