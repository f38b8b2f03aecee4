using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.Grading;

/// <summary><c>--kind code</c>: programs are run against tests, in a sandbox.</summary>
internal sealed class CodeGraderKind : IGraderKind
{
    private readonly Option<bool> _everyTest = new("--every-test") { Description = "Run the tests after one that fails, too, and name all verdicts (code)." };
    private readonly Option<double> _timeLimit = NumberOptions.Of("--time-limit", "Processor seconds of a test that the reference gives none (code).", 0.1, 60, 4.0, "SECONDS");

    public string Name => "code";

    public IReadOnlyList<Option> Options => [_everyTest, _timeLimit];

    public IGrader Create(ParseResult parsed) => new CodeGrader(parsed.GetValue(_everyTest), TimeSpan.FromSeconds(parsed.GetValue(_timeLimit)));
}
