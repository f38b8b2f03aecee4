using Orleans.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Puts a verifier on a silo that can hold programs which are not trusted, on one without device slots if there are such, and on none that was told to leave.</summary>
/// <remarks>A wish, not a law: where no silo has the one, the next best serves.</remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class VerifierPlacementAttribute() : PlacementFilterAttribute(new VerifierPlacement());

internal sealed class VerifierPlacement(int order) : PlacementFilterStrategy(order)
{
    public VerifierPlacement()
        : this(order: 0)
    {
    }
}
