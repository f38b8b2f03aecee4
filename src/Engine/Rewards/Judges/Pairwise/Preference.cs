namespace SeedOrleans.Engine.Rewards.Judges.Pairwise;

/// <summary>Which of two responses is better, asked in both orders.</summary>
/// <param name="Reward">Of the first against the second, 2 · P(first is better) − 1, from −1 to 1. The second's is exactly the negative.</param>
/// <param name="Verdicts">Orders that have a verdict, 0 to 2; the others count as undecided. Both, where no judge was needed.</param>
/// <param name="Reason">In words.</param>
public sealed record Preference(double Reward, int Verdicts, string Reason)
{
    /// <returns>P(first is better), exactly 1 − P of the same pair swapped.</returns>
    public double Probability()
    {
        // Above ½ the subtraction from 1 is exact, so the lower half is made from the upper.
        var likelier = 0.5 + (0.5 * Math.Abs(Reward));
        return Reward < 0 ? 1 - likelier : likelier;
    }
}
