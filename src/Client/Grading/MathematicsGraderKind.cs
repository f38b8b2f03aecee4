using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Client.Grading;

/// <summary><c>--kind math</c>: the rules of <see cref="MathematicsVerifier"/>.</summary>
internal sealed class MathematicsGraderKind : IGraderKind
{
    private readonly Option<AnswerForm> _form = WordOptions.Of<AnswerForm>("--form", "How far an answer must be worked out.");
    private readonly Option<PercentReading> _percent = WordOptions.Of<PercentReading>("--percent", "What 50 % equals: 0.5 (value), only 50 % (notation), or both and 50 (loose).");
    private readonly Option<AnswerOrder> _order = WordOptions.Of<AnswerOrder>("--order", "Whose order matters: that of tuples, of lists without brackets too, or none.");
    private readonly Option<bool> _units = new("--units-required") { Description = "An answer without the reference's unit is wrong." };
    private readonly Option<bool> _letters = new("--letters-only") { Description = "A multiple-choice answer is its letter and nothing else." };
    private readonly Option<double> _absolute = NumberOptions.Of("--absolute-tolerance", "The largest |answer - reference| that passes.", 0, double.MaxValue, 0.0, "X");
    private readonly Option<double> _relative = NumberOptions.Of("--relative-tolerance", "The largest |answer - reference| / |reference| that passes.", 0, 1, 0.0, "X");

    public string Name => "math";

    public IReadOnlyList<Option> Options => [_form, _percent, _order, _units, _letters, _absolute, _relative];

    public IGrader Create(ParseResult parsed) => new MathematicsGrader(PolicyOf(parsed));

    public MathematicsPolicy PolicyOf(ParseResult parsed) => new()
    {
        Form = parsed.GetValue(_form),
        Percent = parsed.GetValue(_percent),
        Order = parsed.GetValue(_order),
        UnitsRequired = parsed.GetValue(_units),
        LettersOnly = parsed.GetValue(_letters),
        AbsoluteTolerance = parsed.GetValue(_absolute),
        RelativeTolerance = parsed.GetValue(_relative),
    };
}
