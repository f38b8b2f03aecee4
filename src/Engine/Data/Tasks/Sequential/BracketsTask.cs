using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Closes brackets: <c>close:[({}=</c>, <c>[,[(,[({,[(;)]</c>.</summary>
/// <remarks>The rest of a Dyck word. The steps are the brackets that are open after each character.</remarks>
internal sealed class BracketsTask : GeneratedTask
{
    private const string Opening = "([{<", Closing = ")]}>";

    public override string Name => "brackets";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Close the brackets that are open, in the right order.";

    public override string DifficultyMeaning => "three brackets each, and two more";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Opening + Closing + "close:=,;";

    protected override string Rules =>
        "A question such as close:[({}= gives a beginning of a row of brackets of the kinds ( ), [ ], { } and < >, in which "
        + "every closing bracket closes the bracket opened last. The answer is the closing brackets that are missing, in order "
        + "and nothing else, so that all are closed: )].";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var length = 3 * difficulty + 2;
        var (text, open, steps) = ("", "", new List<string>());
        while (text.Length < length)
        {
            // Something must be left to close, and a row of openings alone would be dull.
            if (open.Length > 1 && random.Next(0, 9) < 5)
            {
                text += Closing[Opening.IndexOf(open[^1])];
                open = open[..^1];
            }
            else
            {
                var bracket = random.Pick(Opening);
                text += bracket;
                open += bracket;
            }

            steps.Add(open);
        }

        var answer = string.Concat(open.Reverse().Select(bracket => Closing[Opening.IndexOf(bracket)]));
        return new Problem($"close:{text}=", answer, $"{string.Join(',', steps)};{answer}");
    }
}
