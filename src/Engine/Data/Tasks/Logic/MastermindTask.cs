using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Breaks a code from guesses and their marks: <c>code4:12&gt;01,33&gt;00,14&gt;10=</c>, <c>24</c>.</summary>
/// <remarks>The ground truth is the guesses, <c>4:12&gt;01,…</c>; guesses go on until one code is left.</remarks>
internal sealed class MastermindTask : GeneratedTask
{
    /// <summary>More than ever were needed; where codes are left then, each is right.</summary>
    private const int MaxGuesses = 16;

    public override string Name => "mastermind";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Find the code that fits the marks of several guesses.";

    public override string DifficultyMeaning => "length of the code, less one; 3 to 6 digits to choose from";

    public override int MaxDifficulty => 4;

    public override string Alphabet => Symbols.Digits + "code:>=,;";

    protected override string Rules =>
        "A question such as code4:12>01,33>00,14>10= is about a secret code of digits from 1 to the number behind the word "
        + "code, which may occur several times. Each guess is followed by > and two digits: how many of its digits are right "
        + "and in their place, then how many more are in the code but at another place (each digit of the code counts once). "
        + "The answer is a code of the same length that fits all guesses: 24. Any such code is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (length, colours) = (difficulty + 1, difficulty + 2);
        List<string> codes = [""];
        for (var place = 0; place < length; place++)
            codes = [.. codes.SelectMany(code => Enumerable.Range(1, colours).Select(colour => $"{code}{colour}"))];

        var (secret, left, guesses) = (random.Pick(codes), codes, new List<string>());
        while (left.Count > 1 && guesses.Count < MaxGuesses)
        {
            // A code that may still be right tells more than any code; now and then a player tries another.
            var guess = random.Pick(random.Coin() ? left : codes);
            var marks = MastermindFeedback.Of(guess, secret);
            guesses.Add($"{guess}>{marks}");
            left = [.. left.Where(code => MastermindFeedback.Of(guess, code) == marks)];
        }

        var puzzle = $"{colours}:{string.Join(',', guesses)}";
        return new Problem($"code{puzzle}=", puzzle, $";{secret}");
    }
}
