using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Grains.Tests.Placement;

namespace SeedOrleans.Grains.Tests.Runs;

public sealed class LayoutChoiceTests(ClusterFixture cluster)
{
    private static readonly RunSpec Tiny = TinySpecs.Addition with { Layout = new LayoutSpec { Auto = true } };

    /// <summary>Large enough for every device to be of use.</summary>
    private static readonly RunSpec Auto = Tiny with
    {
        Model = Tiny.Model with { Shape = Tiny.Model.Shape! with { HiddenSize = 256, IntermediateSize = 1024 } },
        Training = Tiny.Training with { PromptsPerStep = 64 },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Every_device_that_does_not_leave_has_a_rank(int devices)
    {
        var roster = new FakeRoster(FakeRoster.Member(0, devices), FakeRoster.Member(1, slots: 8, drains: true));
        var data = await RunData.LoadAsync(Auto, Cancellation);

        var chosen = LayoutChoice.First(Auto, data, roster);

        Assert.Equal(devices, chosen.Layout.RankCount());
        Assert.True(chosen.Layout.Auto);
        Assert.Equal(chosen.Layout, LayoutChoice.Again(chosen, data, roster));
    }

    [Fact]
    public async Task Another_number_of_devices_gets_another_layout_and_nothing_else_changes()
    {
        var data = await RunData.LoadAsync(Auto, Cancellation);
        var first = LayoutChoice.First(Auto, data, new FakeRoster(FakeRoster.Member(0, 4)));

        Assert.Equal(2, LayoutChoice.Again(first, data, new FakeRoster(FakeRoster.Member(0), FakeRoster.Member(1))).RankCount());
    }

    [Fact]
    public async Task A_layout_that_was_given_stays()
    {
        var spec = TinySpecs.Addition;
        var data = await RunData.LoadAsync(spec, Cancellation);

        Assert.Same(spec, LayoutChoice.First(spec, data, new FakeRoster(FakeRoster.Member(0, 4))));
    }

    [Fact]
    public async Task What_fits_nowhere_is_refused_with_what_it_needs()
    {
        var large = Auto with
        {
            Model = Auto.Model with { Shape = Auto.Model.Shape! with { HiddenSize = 16_384, IntermediateSize = 65_536, Layers = 200 } },
        };
        var data = await RunData.LoadAsync(large, Cancellation);

        var refused = Assert.Throws<RunRefusedException>(() => LayoutChoice.First(large, data, new FakeRoster(FakeRoster.Member(0, 2))));

        Assert.Contains("2 devices", refused.Message, StringComparison.Ordinal);
        Assert.Contains("GB", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A run whose layout was changed by hand gets the chosen one back when it is asked for.</summary>
    [Fact]
    public async Task A_run_trains_under_the_layout_that_was_chosen()
    {
        var run = await cluster.SubmitAsync(Tiny with { Training = Tiny.Training with { Steps = 2 } }, Cancellation);
        (await run.FinishAsync(Cancellation)).Succeeded();
        var chosen = (await run.Grain.GetSpecAsync(Cancellation)).Layout;
        Assert.True(chosen.Auto);

        await run.Grain.ResumeAsync(1, new LayoutSpec { Data = 1, Context = 2 }, Cancellation);
        await run.UntilAsync(RunStatus.Succeeded, Cancellation);
        Assert.Equal(2, (await run.Grain.GetSpecAsync(Cancellation)).Layout.Context);

        await run.Grain.ResumeAsync(1, new LayoutSpec { Auto = true }, Cancellation);
        Assert.Equal(chosen, (await run.Grain.GetSpecAsync(Cancellation)).Layout);
    }
}
