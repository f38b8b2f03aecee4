using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>Says whether two numbers that are written differently are the same: <c>12+25~4*9=</c>, <c>12+25=37,4*9=36;no</c>.</summary>
/// <remarks>
/// What a verifier learns from (Seed-Thinking-v1.5, arXiv:2504.13914, §4.1): reference, answer, and whether they are equivalent; half of them are not, and
/// those are wrong by little. Pairs of forms that training never shows tell whether it compares or remembers.
/// </remarks>
/// <param name="isAtSight">Worked solutions have no steps, as a Seed-Verifier's; otherwise they reason first, as a Seed-Thinking-Verifier does.</param>
/// <param name="hasNewForms">Only pairs of forms that the other tasks hold back.</param>
internal sealed class EquivalenceTask(string name, bool isAtSight = false, bool hasNewForms = false) : GeneratedTask
{
    private static readonly ImmutableArray<(NumberForm, NumberForm)> HeldBack =
    [
        (NumberForm.Sum, NumberForm.Product), (NumberForm.Difference, NumberForm.Quotient), (NumberForm.Product, NumberForm.Quotient),
    ];

    private static readonly (NumberForm Reference, NumberForm Answer)[] Old = [.. Pairs().Where(pair => !IsHeldBack(pair))];
    private static readonly (NumberForm Reference, NumberForm Answer)[] New = [.. Pairs().Where(IsHeldBack)];

    private static readonly int[] Largest = [30, 99, 99, 300];
    private static readonly int[] Terms = [0, 0, 9, 99];

    public override string Name => name;

    public override TaskFamily Family => TaskFamily.Judging;

    public override string Description => hasNewForms ? "Say whether an answer equals a reference, written in pairs of forms that the task equivalence never shows."
        : isAtSight ? "Say whether an answer equals a reference, without working it out on paper."
        : "Say whether an answer equals a reference that is written differently.";

    public override string DifficultyMeaning => "numbers up to 30; 99; 99 with one more term; 300 with one more term";

    public override int MaxDifficulty => Largest.Length;

    public override string Alphabet => "0123456789+-*/=~,;yesno";

    protected override string Rules =>
        "A question such as 12+25~4*9= gives a reference and an answer, each a whole number or a formula for one. The answer is yes "
        + "where both are the same number, else no.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var forms = hasNewForms ? New : Old;
        while (true)
        {
            var (referenceForm, answerForm) = random.Pick(forms);
            var (term, isEqual) = (Terms[difficulty - 1], random.Coin());
            if (WrittenNumber.TryWrite(referenceForm, random.Next(2, Largest[difficulty - 1]), term, random) is not { } reference)
                continue;

            var value = isEqual ? reference.Value : Slip(reference.Value, random);
            if (WrittenNumber.TryWrite(answerForm, value, term, random) is not { } answer || answer.Text == reference.Text)
                continue;

            // Either side may be the slipped one, so that what is far out is no sign of which side it stands on.
            var (first, second) = random.Coin() ? (reference, answer) : (answer, reference);
            var verdict = value == reference.Value ? "yes" : "no";
            return new Problem(
                CompactPrompts.Equivalence(first.Text, second.Text), verdict, isAtSight ? $";{verdict}" : $"{first.Steps},{second.Steps};{verdict}");
        }
    }

    private static IEnumerable<(NumberForm Reference, NumberForm Answer)> Pairs() =>
        from reference in Enum.GetValues<NumberForm>()
        from answer in Enum.GetValues<NumberForm>()
        where reference != NumberForm.Plain || answer != NumberForm.Plain
        select (reference, answer);

    private static bool IsHeldBack((NumberForm Reference, NumberForm Answer) pair) =>
        HeldBack.Contains(pair) || HeldBack.Contains((pair.Answer, pair.Reference));

    /// <returns>Another number, at least 1, as one miscounts or misreads it.</returns>
    private static int Slip(int value, RandomSequence random)
    {
        while (true)
        {
            var slipped = random.Next(0, 4) switch
            {
                0 => value + 1,
                1 => value - 1,
                2 => value + (random.Coin() ? 10 : -10),
                3 => (value / 100 * 100) + (value % 10 * 10) + (value / 10 % 10), // the last two digits exchanged
                _ => value + random.Next(-5, 5),
            };
            if (slipped >= 1 && slipped != value)
                return slipped;
        }
    }
}
