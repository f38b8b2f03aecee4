using System.Collections.Immutable;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>What a run's training prompts are mixed of, as its spec says.</summary>
public sealed record Mixture
{
    public required ImmutableArray<MixtureDomain> Domains { get; init; }

    /// <summary>In the order of the spec.</summary>
    public required ImmutableArray<MixtureSource> Sources { get; init; }

    public required MixtureSpec Adaptation { get; init; }

    public required LadderSpec Ladder { get; init; }

    /// <returns>Null where the spec asks for none: then prompts come in one order over all sources.</returns>
    public static Mixture? Of(DataSpec data)
    {
        if (!data.IsMixed())
            return null;

        var all = data.Train.Sum(WeightOf);
        ImmutableArray<MixtureDomain> domains =
        [
            .. data.Train.GroupBy(DomainOf).Select(domain => new MixtureDomain(domain.Key, domain.Sum(WeightOf) / all)),
        ];
        var names = new SourceNames();
        var sources = ImmutableArray.CreateBuilder<MixtureSource>();
        var pool = 0;
        foreach (var source in data.Train)
        {
            var domain = domains.Select(known => known.Name).ToList().IndexOf(DomainOf(source));
            var share = WeightOf(source) / all / domains[domain].Weight;
            var levels = SourceNames.Levels(source);
            sources.Add(new MixtureSource(names.Unique(SourceNames.Of(source)), domain, share, pool, levels[0].Difficulty, levels[^1].Difficulty));
            pool += levels.Length;
        }

        return new Mixture { Domains = domains, Sources = sources.DrainToImmutable(), Adaptation = data.Mixture, Ladder = data.Ladder };
    }

    /// <summary>Before the first step.</summary>
    public MixtureState Begin() => new()
    {
        Domains = [.. Domains.Select(Begin)],
        Sources = [.. Sources.Select(Begin)],
    };

    /// <summary>Makes a state of a mixture that may have been another, as a fork's parent has it: what has the same name goes on, the rest begins.</summary>
    /// <returns>The same state where it is of this mixture.</returns>
    public MixtureState Fit(MixtureState state) => new()
    {
        Domains = FitWeights(
            state.Domains, [.. Domains.Select(domain => state.Domains.FirstOrDefault(known => known.Name == domain.Name) ?? Begin(domain))]),
        Sources =
        [
            .. Sources.Select(source => state.Sources.FirstOrDefault(known => known.Name == source.Name) is { } known
                ? Fit(source, known) : Begin(source)),
        ],
    };

    /// <summary>Where other domains, other weights or other bounds are written, what adaptation came to says nothing: it begins anew.</summary>
    private ImmutableArray<DomainProgress> FitWeights(ImmutableArray<DomainProgress> before, ImmutableArray<DomainProgress> fitted)
    {
        var fits = before.Length == fitted.Length && fitted.Zip(Domains).All(pair => before.Contains(pair.First) && Fits(pair.First, pair.Second));
        return fits ? fitted : [.. fitted.Zip(Domains, (known, domain) => known with { Written = domain.Weight, Weight = domain.Weight })];
    }

    private bool Fits(DomainProgress known, MixtureDomain domain) => known.Written == domain.Weight
        && (Adaptation.Adapt ? DomainWeights.IsWithin(Adaptation, domain.Weight, known.Weight) : known.Weight == domain.Weight);

    private static SourceProgress Fit(MixtureSource source, SourceProgress known)
    {
        var level = Math.Clamp(known.Level, source.Easiest, source.Hardest);
        return known.Cursors.Length == source.Hardest - source.Easiest + 1 && level == known.Level ? known : Begin(source) with { Level = level };
    }

    private static DomainProgress Begin(MixtureDomain domain) => new() { Name = domain.Name, Written = domain.Weight, Weight = domain.Weight };

    private static SourceProgress Begin(MixtureSource source) => new()
    {
        Name = source.Name,
        Level = source.Easiest,
        Cursors = [.. new long[source.Hardest - source.Easiest + 1]],
    };

    private static double WeightOf(DataSource source) => source.Weight ?? 1;

    private static string DomainOf(DataSource source) => source.Domain
        ?? (source.Task is { } task ? TaskCatalog.Find(task).Family.ToString().ToLowerInvariant() : SourceNames.Of(source));
}
