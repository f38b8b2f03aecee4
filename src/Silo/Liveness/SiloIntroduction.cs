using Microsoft.Extensions.Logging;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Grains.Rewards;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Silo.Liveness;

/// <summary>Leaves a silo's card where the others look, and answers on its line, before it joins them; takes both back when it has left.</summary>
internal sealed partial class SiloIntroduction(
    ILocalSiloDetails local, DeviceSlots slots, SiloVerifiers verifiers, SiloRoster roster, LineListener listener, SiloNotes notes,
    ILogger<SiloIntroduction> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloIntroduction), ServiceLifecycleStage.First, ArriveAsync, LeaveAsync);

    private async Task ArriveAsync(CancellationToken cancellationToken)
    {
        listener.Serve(local.SiloAddress);
        await notes.ForgetAsync(local.SiloAddress, cancellationToken);
        var card = new SiloCard(slots.Total, listener.Advertised, await verifiers.CanIsolateAsync());
        if (!card.CanIsolate)
            LogHoldsNoPrograms(logger, verifiers.Problem);

        roster.Tells(local.SiloAddress, card);
        await notes.WriteCardAsync(local.SiloAddress, card, cancellationToken);
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        listener.Dispose();
        try
        {
            await notes.ForgetAsync(local.SiloAddress, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            LogLeft(logger, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "This silo judges no programs: {Reason}")]
    private static partial void LogHoldsNoPrograms(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "What this silo told of itself stays in the store until one comes back at its address: {Reason}")]
    private static partial void LogLeft(ILogger logger, string reason);
}
