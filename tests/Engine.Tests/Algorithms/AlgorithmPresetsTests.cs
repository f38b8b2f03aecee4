using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class AlgorithmPresetsTests
{
    public static TheoryData<AlgorithmPreset, Algorithm> Table => new()
    {
        {
            AlgorithmPreset.Dapo,
            Settings(0.2, 0.28, 10, LossAggregation.TokenMean, normalize: true, dynamic: true, kl: 0)
        },
        {
            AlgorithmPreset.Grpo,
            Settings(0.2, 0.2, 3, LossAggregation.SequenceMean, normalize: true, dynamic: false, kl: 0.001)
        },
        {
            AlgorithmPreset.DrGrpo,
            Settings(0.2, 0.2, 3, LossAggregation.ConstantLength, normalize: false, dynamic: false, kl: 0)
        },
    };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void Presets_are_those_of_the_table(AlgorithmPreset preset, Algorithm expected) =>
        Assert.Equal(expected, AlgorithmPresets.Resolve(new AlgorithmSpec { Preset = preset }));

    [Fact]
    public void A_spec_replaces_each_value_of_its_preset()
    {
        var resolved = AlgorithmPresets.Resolve(new AlgorithmSpec
        {
            Preset = AlgorithmPreset.Grpo,
            ClipLow = 0.1,
            ClipHigh = 0.3,
            DualClip = 0,
            Aggregation = LossAggregation.TokenMean,
            NormalizeByDeviation = false,
            DynamicSampling = true,
            OverlongCacheTokens = 5,
            OverlongFiltering = true,
            KlCoefficient = 0.5,
            KlEstimator = KlEstimator.K1,
        });

        var expected = Settings(0.1, 0.3, 0, LossAggregation.TokenMean, normalize: false, dynamic: true, kl: 0.5) with
        {
            OverlongCacheTokens = 5,
            OverlongFiltering = true,
            KlEstimator = KlEstimator.K1,
        };
        Assert.Equal(expected, resolved);
    }

    public static TheoryData<AlgorithmSpec, string> Nonsense => new()
    {
        { new AlgorithmSpec { ClipLow = -0.1 }, "ClipLow" },
        { new AlgorithmSpec { ClipLow = 1.1 }, "ClipLow" },
        { new AlgorithmSpec { ClipLow = double.NaN }, "ClipLow" },
        { new AlgorithmSpec { ClipHigh = -0.1 }, "ClipHigh" },
        { new AlgorithmSpec { ClipHigh = double.PositiveInfinity }, "ClipHigh" },
        { new AlgorithmSpec { DualClip = 1 }, "DualClip" },
        { new AlgorithmSpec { DualClip = double.NaN }, "DualClip" },
        { new AlgorithmSpec { OverlongCacheTokens = -1 }, "OverlongCacheTokens" },
        { new AlgorithmSpec { KlCoefficient = -1 }, "KlCoefficient" },
        { new AlgorithmSpec { Preset = (AlgorithmPreset)99 }, "spec" },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public void Values_without_a_meaning_are_refused_by_name(AlgorithmSpec spec, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => AlgorithmPresets.Resolve(spec)).ParamName);

    private static Algorithm Settings(
        double low, double high, double dualClip, LossAggregation aggregation, bool normalize, bool dynamic, double kl) => new()
        {
            ClipLow = low,
            ClipHigh = high,
            DualClip = dualClip,
            Aggregation = aggregation,
            NormalizeByDeviation = normalize,
            DynamicSampling = dynamic,
            OverlongCacheTokens = 0,
            OverlongFiltering = false,
            KlCoefficient = kl,
            KlEstimator = KlEstimator.K3,
        };
}
