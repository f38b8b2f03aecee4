using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

/// <summary>What must hold of any answer, tried on the table and on formulas that are made up.</summary>
public sealed class MathematicsLawsTests
{
    private const int Formulas = 400;

    private static readonly MathematicsPolicy AnyForm = new() { Form = AnswerForm.Any };

    [Fact]
    public void Every_reference_equals_itself()
    {
        foreach (var row in LabelledAnswers.All)
        {
            var verdict = MathematicsVerifier.Judge(row.Question, row.Reference, $"\\boxed{{{row.Reference}}}", row.Policy);
            Assert.True(verdict.Outcome == Outcome.Correct, $"{row.Reference}: {verdict}");
        }
    }

    /// <summary>Values are equal both ways; only how far they are worked out, and where they are defined, has a direction.</summary>
    [Fact]
    public void Equality_is_symmetric()
    {
        foreach (var row in LabelledAnswers.All.Where(row => row.Response.StartsWith("\\boxed{", StringComparison.Ordinal) && row.Response.LastIndexOf("\\boxed", StringComparison.Ordinal) == 0))
        {
            var policy = (row.Policy ?? MathematicsPolicy.Default) with { Form = AnswerForm.Any, UnitsRequired = false, LettersOnly = false };
            var there = MathematicsVerifier.Judge(null, row.Reference, row.Response, policy);
            var back = MathematicsVerifier.Judge(null, there.Extracted, $"\\boxed{{{row.Reference}}}", policy);
            if (there.Rule is "multiple choice" || back.Rule is "multiple choice" || there.Outcome == Outcome.Abstained || back.Outcome == Outcome.Abstained)
                continue;

            Assert.True(there.Outcome == back.Outcome, $"{row.Reference} | {there.Extracted}: {there} | {back}");
        }
    }

    [Fact]
    public void Restated_formulas_are_equal()
    {
        for (var seed = 0UL; seed < Formulas; seed++)
        {
            var formula = RandomFormula.Of(new RandomSequence(seed, 1));
            var (written, restated) = (formula.Latex(), formula.Shuffled(new RandomSequence(seed, 2)).Plain());
            var verdict = MathematicsVerifier.Judge(null, written, restated, AnyForm);

            Assert.True(verdict.Outcome != Outcome.Incorrect, $"{written} | {restated}: {verdict}");
            Assert.True(verdict.Outcome == Outcome.Correct || !formula.IsDefinedSomewhere(), $"{written} | {restated}: {verdict}");
        }
    }

    [Fact]
    public void Disturbed_formulas_are_not()
    {
        var tried = 0;
        for (var seed = 0UL; seed < Formulas; seed++)
        {
            var formula = RandomFormula.Of(new RandomSequence(seed, 1));
            var disturbed = formula.Disturbed(new RandomSequence(seed, 3));
            if (!formula.DiffersFrom(disturbed))
                continue;

            tried++;
            var verdict = MathematicsVerifier.Judge(null, formula.Latex(), disturbed.Shuffled(new RandomSequence(seed, 4)).Latex(), AnyForm);
            Assert.True(verdict.Outcome != Outcome.Correct, $"{formula.Latex()} | {disturbed.Latex()}: {verdict}");
        }

        Assert.True(tried > Formulas / 2);
    }

    [Fact]
    public void A_number_beside_the_right_one_is_wrong_in_every_notation()
    {
        for (var number = -30; number <= 30; number++)
        {
            foreach (var written in (string[])[$"{number}", $"{number}.0", $"x = {number}", $"\\frac{{{2 * number}}}{{2}}", $"{number}\\text{{ cm}}", $"${number}$"])
            {
                Assert.Equal(Outcome.Correct, MathematicsVerifier.Judge(null, $"{number}", $"\\boxed{{{written}}}", AnyForm).Outcome);
                Assert.Equal(Outcome.Incorrect, MathematicsVerifier.Judge(null, $"{number + 1}", $"\\boxed{{{written}}}", AnyForm).Outcome);
            }
        }
    }

    [Fact]
    public void The_same_pair_gets_the_same_verdict() =>
        Assert.All(LabelledAnswers.All, row => Assert.Equal(row.Judge(), row.Judge()));
}
