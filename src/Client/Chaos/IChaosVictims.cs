namespace SeedOrleans.Client.Chaos;

/// <summary>Silos that may be struck.</summary>
internal interface IChaosVictims
{
    bool IsAlive(string silo);

    /// <summary>As a power cut does.</summary>
    void Kill(string silo);

    /// <summary>Freezes it: its sockets stay open, and nobody answers.</summary>
    void Stop(string silo);

    /// <summary>Lets a frozen one go on; changes nothing for others.</summary>
    void Continue(string silo);

    /// <summary>Starts all dead ones again.</summary>
    Task ReviveAsync(CancellationToken cancellationToken);
}
