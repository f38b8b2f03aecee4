namespace SeedOrleans.Client.Silos;

/// <summary>A silo process that belongs to this command. Disposing it ends the process and waits for its end.</summary>
internal interface IRunningSilo : IAsyncDisposable
{
    /// <summary>Where clients connect, <c>HOST:PORT</c>.</summary>
    string Gateway { get; }

    /// <summary>Its own: it shares its folder with nobody else's cluster.</summary>
    string ClusterId { get; }

    /// <summary>Completes when the process has ended, wanted or not.</summary>
    Task Ended { get; }

    /// <returns>The last lines that it logged, for a person to find the cause in.</returns>
    string LogTail();
}
