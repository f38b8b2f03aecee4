using System.Globalization;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Sorts, reverses or counts digits or letters: <c>sort:5274=</c>, <c>2,24,245;2457</c>; <c>count7:5747=</c>, <c>0,1,1,2;2</c>.</summary>
/// <remarks>The steps of sorting and reversing are the growing beginnings of the answer; those of counting, the count so far.</remarks>
internal sealed class SequenceTask : GeneratedTask
{
    private const string Digits = "0123456789", Letters = "abcdefghij";

    public override string Name => "sequence";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Sort, reverse or count the digits or letters of a row.";

    public override string DifficultyMeaning => "length of the row, less two";

    public override int MaxDifficulty => 10;

    public override string Alphabet => Digits + Letters + "sortreversecount:=,;";

    protected override string Rules =>
        "A question such as sort:5274= asks for the digits or letters in ascending order, 2457; reverse:abc= for the row from "
        + "back to front, cba; count7:5747= for how often 7 stands in the row, 2. The answer is the new row without "
        + "separators, or the count in digits.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var symbols = random.Next(0, 1) == 0 ? Digits : Letters;
        var row = new char[difficulty + 2];
        for (var i = 0; i < row.Length; i++)
            row[i] = symbols[random.Next(0, symbols.Length - 1)];

        var text = new string(row);
        return random.Next(0, 2) switch
        {
            0 => Spell($"sort:{text}=", string.Concat(row.Order())),
            1 => Spell($"reverse:{text}=", string.Concat(row.Reverse())),
            _ => Count(row[random.Next(0, row.Length - 1)], text),
        };
    }

    private static Problem Spell(string question, string answer)
    {
        var beginnings = Enumerable.Range(1, answer.Length - 1).Select(length => answer[..length]);
        return new Problem(question, answer, $"{string.Join(',', beginnings)};{answer}");
    }

    private static Problem Count(char symbol, string text)
    {
        var countsSoFar = Enumerable.Range(1, text.Length).Select(length => text.AsSpan(0, length).Count(symbol));
        var answer = text.AsSpan().Count(symbol).ToString(CultureInfo.InvariantCulture);
        return new Problem($"count{symbol}:{text}=", answer, $"{string.Join(',', countsSoFar)};{answer}");
    }
}
