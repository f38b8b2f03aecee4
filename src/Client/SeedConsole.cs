using Spectre.Console;

namespace SeedOrleans.Client;

/// <summary>Where input comes from and output goes: data to <paramref name="output"/>, diagnostics to <paramref name="error"/>, drawings to a terminal.</summary>
/// <param name="input">Opens standard input.</param>
/// <param name="isTerminal">Whether a person watches standard output; pipes get no colour and no animation.</param>
/// <param name="terminal">Made when first drawn on, because that takes time.</param>
internal sealed class SeedConsole(Func<Stream> input, TextWriter output, TextWriter error, bool isTerminal, Func<IAnsiConsole> terminal)
{
    private readonly Lazy<IAnsiConsole> _terminal = new(terminal);

    public Stream OpenInput() => input();

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public bool IsTerminal { get; } = isTerminal;

    public IAnsiConsole Terminal => _terminal.Value;
}
