using System.Diagnostics;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Processes.Tests;

namespace SeedOrleans.Silo.Tests.Processes;

/// <summary>Probes are so rare here that a death they find comes after every deadline: what is found is found on the lines between silos.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DeathTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Stop = 19, Continue = 18, Kill = SeedProcess.Kill;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly SiloCluster _cluster = new("--probe-timeout", "60", "--missed-probes", "2", "--table-refresh", "600");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cluster.StartAsync("a", "b", "c");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>How long each takes is printed, not judged.</summary>
    [Theory]
    [InlineData(10)]
    public async Task An_actor_whose_silo_is_killed_answers_from_another(int kills)
    {
        await _cluster.ConnectAsync();
        var actor = _cluster.Grains.GetGrain<IRunCatalogGrain>("the one");
        await actor.TendAsync(Cancellation);
        List<double> declared = [], answered = [];
        for (var kill = 0; kill < kills; kill++)
        {
            var home = await HomeAsync(actor);
            var victim = await NameAsync(home);
            var clock = Stopwatch.StartNew();
            _cluster[victim].Signal(Kill);
            var death = Task.Run(async () =>
            {
                await _cluster.BecomesAsync(victim, SiloStatus.Dead);
                return clock.Elapsed.TotalMilliseconds;
            });
            while (!await AnswersAsync(actor))
            {
            }

            answered.Add(clock.Elapsed.TotalMilliseconds);
            declared.Add(await death);
            Assert.NotEqual(home, await HomeAsync(actor));
            output.WriteLine($"{victim}: declared dead after {declared[^1]:0} ms, answers after {answered[^1]:0} ms");
            await _cluster.StartAsync(victim);
        }

        output.WriteLine($"declared {Spread(declared)}; answered {Spread(answered)}");
    }

    [Fact]
    public async Task A_silo_that_only_stands_still_is_not_dead()
    {
        _cluster["a"].Signal(Stop);

        _cluster["b"].Signal(Kill);
        await _cluster.BecomesAsync("b", SiloStatus.Dead);

        Assert.Equal(SiloStatus.Active, (await _cluster.MemberAsync("a")).Status);
        _cluster["a"].Signal(Continue);
        _cluster["a"].Signal(SeedProcess.Terminate);
        Assert.Equal(0, (await _cluster["a"].EndAsync()).Code);
    }

    /// <summary>As the loser of two silos that each declare the other dead finds it.</summary>
    [Fact]
    public async Task A_silo_that_the_table_calls_dead_ends_when_a_line_of_its_closes()
    {
        var loser = (await _cluster.MemberAsync("a")).SiloAddress;
        var table = await _cluster.Table.ReadAll();
        var (row, etag) = table.TryGet(loser)!;
        row.Status = SiloStatus.Dead;
        row.AddSuspector((await _cluster.MemberAsync("c")).SiloAddress, DateTime.UtcNow);
        Assert.True(await _cluster.Table.UpdateRow(row, etag, table.Version.Next()));

        _cluster["b"].Signal(Kill);

        Assert.NotEqual(0, (await _cluster["a"].EndAsync()).Code);
        await _cluster.BecomesAsync("b", SiloStatus.Dead);
        Assert.Equal(SiloStatus.Active, (await _cluster.MemberAsync("c")).Status);
    }

    private async Task<SiloAddress> HomeAsync(IAddressable actor) =>
        (await _cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(actor))!;

    private async Task<string> NameAsync(SiloAddress silo) =>
        (await _cluster.Table.ReadAll()).Members.Select(member => member.Item1).Single(member => member.SiloAddress.Equals(silo)).SiloName;

    /// <summary>A call that was on its way to the dead silo has no answer, ever; so each is given little time, and asked again.</summary>
    private static async Task<bool> AnswersAsync(IRunCatalogGrain actor)
    {
        try
        {
            await actor.TendAsync(Cancellation).WaitAsync(Patience, Cancellation);
            return true;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private static string Spread(List<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return $"median {sorted[sorted.Length / 2]:0} ms, {sorted[0]:0} to {sorted[^1]:0} ms";
    }
}
