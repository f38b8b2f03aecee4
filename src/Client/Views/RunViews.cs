namespace SeedOrleans.Client.Views;

/// <summary>Picks the view that fits who is watching.</summary>
internal static class RunViews
{
    public static IRunView For(SeedConsole console, bool json) => json
        ? new JsonRunView(console.Output)
        : console.IsTerminal ? new LiveRunView(console.Terminal) : new PlainRunView(console.Output);
}
