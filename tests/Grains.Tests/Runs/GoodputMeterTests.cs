using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class GoodputMeterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Time_between_steps_is_lost()
    {
        var meter = new GoodputMeter();
        meter.Add(Step(endsAt: 10, took: 10));
        meter.Add(Step(endsAt: 25, took: 10)); // Five seconds went into a recovery.

        Assert.Equal(0.8, meter.At(Start.AddSeconds(25))!.Value, tolerance: 1e-9);
        Assert.Equal(0.4, meter.At(Start.AddSeconds(50))!.Value, tolerance: 1e-9);
    }

    /// <summary>At 100 tokens/s, 300 tokens that were kept are 3 of the 5 seconds between the steps.</summary>
    [Fact]
    public void What_was_sampled_before_an_interruption_and_kept_counts()
    {
        var meter = new GoodputMeter();
        meter.Add(Step(endsAt: 10, took: 10, (GoodputMeter.RolloutSpeed, 100)));
        meter.Add(Step(endsAt: 25, took: 10, (GoodputMeter.RolloutSpeed, 50), (GoodputMeter.KeptTokens, 300)));

        Assert.Equal(23 / 25.0, meter.At(Start.AddSeconds(25))!.Value, tolerance: 1e-9);
    }

    [Fact]
    public void No_more_counts_as_kept_than_the_time_that_passed()
    {
        var meter = new GoodputMeter();
        meter.Add(Step(endsAt: 10, took: 10, (GoodputMeter.RolloutSpeed, 1)));
        meter.Add(Step(endsAt: 22, took: 10, (GoodputMeter.RolloutSpeed, 1), (GoodputMeter.KeptTokens, 300)));

        Assert.Equal(1, meter.At(Start.AddSeconds(22))!.Value, tolerance: 1e-9);
    }

    [Fact]
    public void After_the_end_time_stands_still()
    {
        var meter = new GoodputMeter();
        meter.Add(Step(endsAt: 10, took: 10));
        meter.Add(new RunEvent { Number = 2, At = Start.AddSeconds(20), Kind = RunEventKind.Finished });

        Assert.Equal(0.5, meter.At(Start.AddSeconds(1000))!.Value, tolerance: 1e-9);
    }

    [Fact]
    public void Before_the_first_step_there_is_none() => Assert.Null(new GoodputMeter().At(Start));

    private static RunEvent Step(double endsAt, double took, params (string Name, double Value)[] metrics) => new()
    {
        Number = 1,
        At = Start.AddSeconds(endsAt),
        Kind = RunEventKind.TrainingStep,
        Metrics = metrics.Append((GoodputMeter.StepSeconds, took)).ToImmutableDictionary(metric => metric.Item1, metric => metric.Item2),
    };
}
