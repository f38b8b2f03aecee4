namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>What there is to choose from, and why the rest is not.</summary>
/// <param name="Ranked">Candidates that fit, fastest first; of equal ones the one that does least to need less memory.</param>
/// <param name="TooLarge">Candidates that fit no device, by how much they need; the smallest first.</param>
/// <param name="Impossible">Why meshes are impossible, and how many each reason rules out.</param>
public sealed record LayoutPlan(
    IReadOnlyList<PlannedLayout> Ranked, IReadOnlyList<PlannedLayout> TooLarge, IReadOnlyDictionary<string, int> Impossible)
{
    /// <summary>Worth a trial, fastest first: of each layout and number of tokens at once the fastest.</summary>
    public IEnumerable<PlannedLayout> Contenders => Ranked.DistinctBy(planned => (planned.Candidate.Layout, planned.Candidate.MicroBatchTokens));

    /// <summary>Null where nothing fits.</summary>
    public PlannedLayout? Best => Ranked.Count > 0 ? Ranked[0] : null;
}
