namespace SeedOrleans.Client.Silos;

/// <summary>A silo process that belongs to this command. Disposing it ends the process and waits for its end.</summary>
internal interface IRunningSilo : IAsyncDisposable
{
    /// <summary>Where clients connect, <c>HOST:PORT</c>.</summary>
    string Gateway { get; }

    /// <summary>Its own, since folders are shared without being in a cluster; on a storage, that of all silos there.</summary>
    string ClusterId { get; }

    /// <summary>Completes when the process has ended, wanted or not.</summary>
    Task Ended { get; }

    /// <returns>The last lines that it logged, for a person to find the cause in.</returns>
    string LogTail();
}
