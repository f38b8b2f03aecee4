using System.Collections.Immutable;
using CsCheck;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

public sealed class DomainWeightsTests
{
    private sealed record Case(MixtureSpec Spec, ImmutableArray<MixtureDomain> Domains, ImmutableArray<DomainProgress> Known);

    /// <summary>Domains that stand anywhere within their bounds.</summary>
    private static readonly Gen<Case> Cases =
        from written in Gen.Double[0.1, 10].Array[1, 6]
        from rates in Gen.Double[0, 1].Array[3 * 6]
        from floor in Gen.Double[0.01, 1]
        from ceiling in Gen.Double[1, 10]
        from rate in Gen.Double[0.001, 1]
        let sum = written.Sum()
        select new Case(
            new MixtureSpec { Adapt = true, Floor = floor, Ceiling = ceiling, Rate = rate },
            [.. written.Select((weight, place) => new MixtureDomain($"d{place}", weight / sum))],
            [
                .. written.Select((weight, place) => new DomainProgress
                {
                    Name = $"d{place}",
                    Written = weight / sum,
                    Weight = weight / sum,
                    PassRate = rates[3 * place],
                    SlowPassRate = rates[(3 * place) + 1],
                    Informative = rates[(3 * place) + 2],
                }),
            ]);

    /// <remarks>Progress 0.4 + ε, ε and ε; the targets are 0.5·λ·0.401, and 0.25 times the floor 0.2 twice: 0.9, 0.05, 0.05.</remarks>
    [Fact]
    public void Worked_example()
    {
        var spec = new MixtureSpec { Floor = 0.2, Ceiling = 4, Rate = 1 };
        ImmutableArray<MixtureDomain> domains = [new("a", 0.5), new("b", 0.25), new("c", 0.25)];

        var next = DomainWeights.Next(spec, domains, [At("a", 0.5, 0.7, 0.3, 0), At("b", 0.25, 1, 1, 0), At("c", 0.25, 0, 0, 0)]);
        var slower = DomainWeights.Next(spec with { Rate = 0.1 }, domains, [At("a", 0.5, 0.7, 0.3, 0), At("b", 0.25, 1, 1, 0), At("c", 0.25, 0, 0, 0)]);

        Assert.Equal([0.9, 0.05, 0.05], next, (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal([0.6, 0.2, 0.2], slower, (one, other) => Math.Abs(one - other) < 1e-9);
    }

    [Fact]
    public void Weights_sum_to_one_stay_within_their_bounds_and_move_no_faster_than_allowed() =>
        Cases.Sample(given =>
        {
            var known = given.Known;
            for (var step = 0; step < 5; step++)
            {
                var next = DomainWeights.Next(given.Spec, given.Domains, known);

                Assert.Equal(1, next.Sum(), 1e-9);
                Assert.All(next.Zip(given.Domains), pair => Assert.True(DomainWeights.IsWithin(given.Spec, pair.Second.Weight, pair.First)));
                Assert.All(next.Zip(known), pair => Assert.InRange(Math.Abs(pair.First - pair.Second.Weight), 0, given.Spec.Rate + 1e-9));
                known = [.. known.Zip(next, (domain, weight) => domain with { Weight = weight })];
            }
        });

    [Fact]
    public void Domains_that_show_the_same_keep_what_is_written() =>
        Cases.Sample(given =>
        {
            var same = given.Known.Select(domain => given.Known[0] with { Name = domain.Name, Weight = domain.Weight });

            Assert.Equal(
                given.Domains.Select(domain => domain.Weight), DomainWeights.Next(given.Spec, given.Domains, [.. same]), (one, other) => Math.Abs(one - other) < 1e-9);
        });

    [Fact]
    public void The_order_of_domains_does_not_matter() =>
        Cases.Sample(given =>
        {
            var forward = DomainWeights.Next(given.Spec, given.Domains, given.Known);
            var backward = DomainWeights.Next(given.Spec, [.. given.Domains.Reverse()], [.. given.Known.Reverse()]);

            Assert.Equal(forward, backward.Reverse(), (one, other) => Math.Abs(one - other) < 1e-9);
        });

    private static DomainProgress At(string name, double weight, double fast, double slow, double informative) =>
        new() { Name = name, Written = weight, Weight = weight, PassRate = fast, SlowPassRate = slow, Informative = informative };
}
