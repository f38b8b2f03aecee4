using System.Collections.Immutable;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>What a step makes of a mixture's state: a pure function of the groups that it passed.</summary>
public static class MixtureSteps
{
    /// <param name="passed">The step's groups in the order of their prompts.</param>
    public static MixtureState After(Mixture mixture, MixtureState before, IReadOnlyList<GroupOutcome> passed)
    {
        var sources = before.Sources.ToArray();
        var domains = before.Domains.ToArray();
        foreach (var group in passed)
        {
            var (place, source) = (group.Draw.Source, mixture.Sources[group.Draw.Source]);
            var known = DifficultyLadder.Note(mixture.Ladder, source, sources[place], group);
            sources[place] = known with { Cursors = known.Cursors.SetItem(group.Draw.Level - source.Easiest, group.Draw.Cursor + 1) };
            domains[source.Domain] = Note(mixture.Adaptation, domains[source.Domain], group);
        }

        return new MixtureState
        {
            Domains = mixture.Adaptation.Adapt ? Adapt(mixture, [.. domains]) : [.. domains],
            Sources = [.. sources.Zip(mixture.Sources, (known, source) => DifficultyLadder.Move(mixture.Ladder, source, known))],
        };
    }

    /// <summary>What becomes of a state whose prompts the policy has all solved, so that there is nothing to train on: sources rise as they stand.</summary>
    /// <param name="passed">As many groups as a step may look at.</param>
    /// <returns>Null where none of those that were asked can rise. Cursors and averages stay: the groups count for no step.</returns>
    public static MixtureState? TryRise(Mixture mixture, MixtureState before, IReadOnlyList<GroupOutcome> passed)
    {
        ImmutableArray<SourceProgress> sources =
        [
            .. before.Sources.Select((known, place) => TryRise(
                mixture, place, known, [.. passed.Where(group => group.Draw.Source == place && group.Draw.Level == known.Level)]) ?? known),
        ];
        return sources.SequenceEqual(before.Sources) ? null : before with { Sources = sources };
    }

    /// <summary>What becomes of a state whose prompts the policy hardly ever solves, so that there is nothing to train on: ladders go back to where it did.</summary>
    /// <returns>Null where none is above its easiest level. Cursors and averages stay.</returns>
    public static MixtureState? TryFall(Mixture mixture, MixtureState before)
    {
        ImmutableArray<SourceProgress> sources =
        [
            .. before.Sources.Zip(mixture.Sources, (known, source) => known.Level > source.Easiest ? known with { Level = known.Level - 1, Recent = [] } : known),
        ];
        return sources.SequenceEqual(before.Sources) ? null : before with { Sources = sources };
    }

    private static SourceProgress? TryRise(Mixture mixture, int place, SourceProgress known, ImmutableArray<GroupOutcome> asked)
    {
        if (asked.IsEmpty)
            return null;

        var ladder = mixture.Ladder with { Window = 1 };
        var moved = DifficultyLadder.Move(ladder, mixture.Sources[place], known with { Recent = [asked.Average(group => group.PassRate)] });
        return moved.Level > known.Level ? moved : null;
    }

    private static ImmutableArray<DomainProgress> Adapt(Mixture mixture, ImmutableArray<DomainProgress> domains) =>
        [.. domains.Zip(DomainWeights.Next(mixture.Adaptation, mixture.Domains, domains), (domain, weight) => domain with { Weight = weight })];

    /// <summary>Averages begin as plain means, so that the first groups do not weigh for ever.</summary>
    private static DomainProgress Note(MixtureSpec spec, DomainProgress known, GroupOutcome group)
    {
        var mean = 1.0 / (known.Groups + 1);
        var (fast, slow) = (Math.Max(spec.Fast, mean), Math.Max(spec.Slow, mean));
        return known with
        {
            Groups = known.Groups + 1,
            PassRate = Toward(known.PassRate, group.PassRate, fast),
            SlowPassRate = Toward(known.SlowPassRate, group.PassRate, slow),
            Informative = Toward(known.Informative, group.IsInformative() ? 1 : 0, fast),
        };
    }

    private static double Toward(double average, double value, double part) => average + (part * (value - average));
}
