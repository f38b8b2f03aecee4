using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Silos;

namespace SeedOrleans.Client.Commands;

/// <summary>What commands act upon; tests put their own in.</summary>
internal sealed record CommandServices(SeedConsole Console, IRunConnector Connector, ISiloLauncher Silos, TimeProvider Time);
