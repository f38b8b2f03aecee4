using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Lets a source's difficulty follow the policy: up where it mostly succeeds, down where it hardly ever does.</summary>
public static class DifficultyLadder
{
    /// <summary>Means of rates such as 4/5 are sums of rounded numbers.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Takes in a group at the source's level; those of a level below say nothing about it.</summary>
    public static SourceProgress Note(LadderSpec spec, MixtureSource source, SourceProgress known, GroupOutcome group)
    {
        if (!source.IsLadder() || group.Draw.Level != known.Level)
            return known;

        return known with { Recent = [.. known.Recent.Skip(known.Recent.Length + 1 - spec.Window), group.PassRate] };
    }

    /// <summary>After a step: one level at most, and then the window begins anew.</summary>
    public static SourceProgress Move(LadderSpec spec, MixtureSource source, SourceProgress known)
    {
        if (known.Recent.IsDefaultOrEmpty || known.Recent.Length < spec.Window)
            return known;

        var passRate = known.Recent.Sum() / known.Recent.Length;
        if (passRate >= spec.RiseAt - Rounding && known.Level < source.Hardest)
            return known with { Level = known.Level + 1, Recent = [] };

        return passRate < spec.FallBelow - Rounding && known.Level > source.Easiest
            ? known with { Level = known.Level - 1, Recent = [] }
            : known;
    }
}
