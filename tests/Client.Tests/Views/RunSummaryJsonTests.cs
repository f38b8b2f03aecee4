using SeedOrleans.Client.Tests.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Views;

public sealed class RunSummaryJsonTests
{
    private const string Recovery =
        """{"silo":"silo-2","epoch":2,"step":3,"lost_at":"2026-01-02T03:04:35+00:00","detected_s":0.12,"restored_s":1.9,"resumed_s":2.3,"replayed":1}""";

    private const string Summary =
        """{"run_id":"first-abcdef","name":"first","status":"training","step":4,"total_steps":10,"eval":{"before":0.25,"after":0.75},"submitted_at":"2026-01-02T03:04:05+00:00","seconds":61.5,"folder":"/runs/first","error":"","forked_from":"parent-qwerty@3","chain_hash":"c0ffee","weights_hash":"bead","groups":{"consumed":32,"dropped":5,"duplicated":0,"lost":0},"epoch":2,"goodput":0.9375,"recoveries":[""" + Recovery + "]";

    private const string Silos =
        """[{"name":"silo-1","address":"127.0.0.1:11111","alive":true,"draining":false,"slots":2,"hosts":["controller","rank 0"]},{"name":"silo-2","address":"127.0.0.1:11112","alive":true,"draining":true,"slots":2,"hosts":[]},{"name":"silo-3","address":"127.0.0.1:11113","alive":false,"draining":false,"slots":0,"hosts":["worker 1"]}]""";

    [Fact]
    public async Task A_list_has_everything_but_silos_and_spec()
    {
        using var seed = new CommandRunner { Cluster = { Runs = { Samples.OnACluster("first-abcdef") } } };

        Assert.Equal(0, await seed.RunAsync("list", "--json"));
        Assert.Equal(Summary + "}", seed.Output.Trim());
    }

    [Fact]
    public async Task One_run_is_shown_with_its_silos_and_spec()
    {
        using var seed = new CommandRunner { Cluster = { Runs = { Samples.OnACluster("first-abcdef") } } };

        Assert.Equal(0, await seed.RunAsync("show", "first", "--json"));
        Assert.StartsWith(Summary + ",\"silos\":" + Silos + ",\"spec\":{\"name\":\"first\",", seed.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_shown_the_same_in_words()
    {
        using var seed = new CommandRunner { Cluster = { Runs = { Samples.OnACluster("first-abcdef") } } };

        Assert.Equal(0, await seed.RunAsync("show", "first"));
        Assert.Equal(
            [
                "forked from parent-qwerty@3",
                "weights bead",
                "chain   c0ffee",
                "groups: 32 trained on, 5 dropped, 0 trained on twice, 0 lost; goodput 0.938",
                "silo-1  alive  controller, rank 0",
                "silo-2  draining  –",
                "silo-3  dead  worker 1",
                "after step 3: silo-2 died, seen after 0.12 s, restored after 1.90 s, going on after 2.30 s, 1 step computed again",
                "{",
            ],
            seed.Lines[2..11]);
    }

    [Fact]
    public void A_recovery_is_an_event()
    {
        var happened = new RunEvent { Number = 9, At = Samples.Start, Kind = RunEventKind.Recovered, Step = 4, Recovery = Samples.Recovery };

        Assert.Equal(
            """{"event":"recovered","run_id":"first","number":9,"at":"2026-01-02T03:04:05+00:00","step":4,"recovery":""" + Recovery + "}",
            RunJson.Event("first", happened));
    }

    [Fact]
    public async Task A_recovery_is_a_plain_line()
    {
        using var seed = new CommandRunner();
        seed.Cluster.Tell(new RunEvent
        {
            Number = 1,
            At = Samples.Start,
            Kind = RunEventKind.Recovered,
            Step = 4,
            Recovery = Samples.Recovery with { Silo = "", Replayed = 2 },
        });

        Assert.Equal(0, await seed.RunAsync("run", seed.SpecFile));
        Assert.Equal("an actor was lost, seen after 0.12 s, restored after 1.90 s, going on after 2.30 s, 2 steps computed again", seed.Lines[1]);
    }
}
