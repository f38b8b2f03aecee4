using System.CommandLine;

namespace SeedOrleans.Client.Grading;

/// <summary>A kind of verifier that <c>seed grade</c> offers, with options of its own.</summary>
internal interface IGraderKind
{
    /// <summary>What <c>--kind</c> calls it.</summary>
    string Name { get; }

    IReadOnlyList<Option> Options { get; }

    IGrader Create(ParseResult parsed);
}
