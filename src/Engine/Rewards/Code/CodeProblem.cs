using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>What a response's program is held against: inputs with outputs, or statements that test its functions.</summary>
public sealed record CodeProblem
{
    /// <summary>Null takes the one that the response's code block names, Python where it names none.</summary>
    public CodeLanguage? Language { get; init; }

    /// <summary>For programs that read and write.</summary>
    public ImmutableArray<CodeTest> Tests { get; init; } = [];

    /// <summary>For Python functions: each is a test of its own, such as <c>assert double(2) == 4</c>.</summary>
    public ImmutableArray<string> Asserts { get; init; } = [];

    /// <summary>Run before each of <see cref="Asserts"/>: imports, and functions that tests share.</summary>
    public string AssertSetup { get; init; } = "";

    /// <summary>
    /// A Python program that decides instead of comparing outputs: its arguments are files with input, output and expected output; exit code 0 says right, 1 wrong.
    /// </summary>
    public string? Checker { get; init; }

    /// <summary>Numbers in outputs may be off by so much, absolutely or relatively; 0 compares text.</summary>
    public double Tolerance { get; init; }

    public SandboxLimits Limits { get; init; } = SandboxLimits.Default;

    /// <summary>Stops at the first test that fails; else all are run.</summary>
    public bool StopsAtFirst { get; init; } = true;
}
