using System.Collections.Immutable;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Moves the domains' shares of the prompts toward where the policy learns.</summary>
/// <remarks>
/// <para>
/// progress_d = |fast_d − slow_d| + informative_d + ε, over moving averages of the groups' pass rates; target_d = base_d · clamp(λ · progress_d,
/// floor, ceiling), with the one λ for which the targets sum to 1; every weight then goes the same part of the way to its target, as far as
/// the domain with the longest way may move in a step.
/// </para>
/// <para>
/// Seed-Thinking-v1.5 (arXiv:2504.13914, §4) makes a stationary distribution of prompts an adaptive one ("online data distribution
/// adaptation") and gives no formula. |fast − slow| is learning progress that counts a falling pass rate too (Kanitscheider et al.,
/// arXiv:2106.14876, §3), so that what is being forgotten is practised again. The share of informative groups stands beside it because only
/// those carry a gradient (Yu et al., DAPO, arXiv:2503.14476, Eq. 11): a domain that is solved, or hopeless, has neither and goes to its floor.
/// Weights within the bounds that sum to 1 form a convex set, so the way to a target never leaves it and nothing need be normalised afterwards.
/// </para>
/// </remarks>
public static class DomainWeights
{
    /// <summary>ε: keeps domains where nothing happens equal to each other, and λ bounded.</summary>
    private const double Least = 1e-3;

    /// <summary>Halvings until λ is as exact as its type.</summary>
    private const int Halvings = 80;

    /// <summary>Room for rounding in comparisons of weights.</summary>
    private const double Rounding = 1e-9;

    /// <returns>The weights after a step, in the same order; they sum to 1.</returns>
    public static ImmutableArray<double> Next(MixtureSpec spec, ImmutableArray<MixtureDomain> domains, ImmutableArray<DomainProgress> known)
    {
        var targets = Targets(spec, domains, [.. known.Select(Progress)]);
        var longest = known.Zip(targets, (domain, target) => Math.Abs(target - domain.Weight)).Max();
        var part = longest > spec.Rate ? spec.Rate / longest : 1;
        return [.. known.Zip(targets, (domain, target) => domain.Weight + (part * (target - domain.Weight)))];
    }

    /// <summary>Whether adaptation may have brought a weight from <paramref name="written"/> to <paramref name="weight"/>.</summary>
    public static bool IsWithin(MixtureSpec spec, double written, double weight) =>
        weight >= (spec.Floor * written) - Rounding && weight <= (spec.Ceiling * written) + Rounding;

    private static double Progress(DomainProgress domain) => Math.Abs(domain.PassRate - domain.SlowPassRate) + domain.Informative + Least;

    private static ImmutableArray<double> Targets(MixtureSpec spec, ImmutableArray<MixtureDomain> domains, ImmutableArray<double> progress)
    {
        // The sum of the targets grows with λ from floor ≤ 1 to ceiling ≥ 1.
        var (low, high) = (0.0, spec.Ceiling / Least);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = At(middle).Sum() < 1 ? (middle, high) : (low, middle);
        }

        return [.. At(high)];

        IEnumerable<double> At(double scale) => domains.Zip(
            progress, (domain, own) => domain.Weight * Math.Clamp(scale * own, spec.Floor, spec.Ceiling));
    }
}
