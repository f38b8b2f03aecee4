using Orleans.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Puts new actors of a class on no silo that was told to leave or only judges, as long as there is another.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AvoidDrainingAttribute() : PlacementFilterAttribute(new AvoidDraining());

internal sealed class AvoidDraining(int order) : PlacementFilterStrategy(order)
{
    public AvoidDraining()
        : this(order: 0)
    {
    }
}
