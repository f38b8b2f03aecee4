using System.Net;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Providers.Tests.Membership;

public sealed class SiloNotesTests : IDisposable
{
    private readonly TemporaryStore _folder = new();
    private readonly SiloNotes _notes;

    public SiloNotesTests() => _notes = new SiloNotes(_folder.Store, "cluster one");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_card_comes_back_as_it_was_written()
    {
        var card = new SiloCard(7, "127.0.0.1:12");
        await _notes.WriteCardAsync(Silo(1), card, Cancellation);

        Assert.Equal(card, await _notes.FindCardAsync(Silo(1), Cancellation));
        Assert.Null(await _notes.FindCardAsync(Silo(2), Cancellation));
    }

    [Fact]
    public async Task Only_those_that_were_marked_drain()
    {
        await _notes.MarkDrainingAsync(Silo(1), Cancellation);

        Assert.Equal([Silo(1)], await _notes.FindDrainingAsync([Silo(1), Silo(2), Silo(1, generation: 2)], Cancellation));
    }

    /// <summary>11 and 111 begin alike.</summary>
    [Fact]
    public async Task A_silo_forgets_its_predecessors_at_its_address_and_nobody_else()
    {
        foreach (var silo in (SiloAddress[])[Silo(11), Silo(11, generation: 2), Silo(111)])
        {
            await _notes.MarkDrainingAsync(silo, Cancellation);
            await _notes.WriteCardAsync(silo, new SiloCard(1, ""), Cancellation);
        }

        await _notes.ForgetAsync(Silo(11, generation: 3), Cancellation);

        Assert.Equal([Silo(111)], await _notes.FindDrainingAsync([Silo(11), Silo(11, generation: 2), Silo(111)], Cancellation));
        Assert.Null(await _notes.FindCardAsync(Silo(11), Cancellation));
        Assert.NotNull(await _notes.FindCardAsync(Silo(111), Cancellation));
    }

    private static SiloAddress Silo(int port, int generation = 1) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), generation);
}
