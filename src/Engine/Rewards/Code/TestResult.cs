namespace SeedOrleans.Engine.Rewards.Code;

/// <param name="Note">What happened, for whoever reads verdicts: the end of an error, never an expected output.</param>
public sealed record TestResult(CodeVerdict Verdict, string Note, TimeSpan Time)
{
    public bool IsAccepted => Verdict == CodeVerdict.Accepted;
}
