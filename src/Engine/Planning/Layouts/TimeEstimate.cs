namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>Where the seconds of an update go.</summary>
/// <param name="Compute">Of a rank that has an even share.</param>
/// <param name="Communication">That no computing hides.</param>
/// <param name="Idle">While ranks with more to do compute.</param>
/// <param name="Optimizer">The step, with what is brought from and to where it waits.</param>
public sealed record TimeEstimate(double Compute, double Communication, double Idle, double Optimizer)
{
    public double Total => Compute + Communication + Idle + Optimizer;
}
