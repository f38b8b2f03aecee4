using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Follows things that change places: <c>swap:abcd:13,24=</c>, <c>cbad,cdab;cdab</c>.</summary>
/// <remarks>The steps are the rows after each swap.</remarks>
internal sealed class SwapsTask : GeneratedTask
{
    public override string Name => "swaps";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Follow things that swap places.";

    public override string DifficultyMeaning => "swaps, less one; four things, and one more every second time";

    public override int MaxDifficulty => 10;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":=,;";

    protected override string Rules =>
        "A question such as swap:abcd:13,24= gives a row of things and swaps: 13 says that the things now at places 1 and 3, "
        + "counted from the left, change places. Swaps happen one after another. The answer is the row in the end, without "
        + "separators: cdab.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var count = 4 + difficulty / 2;
        char[] row = random.Shuffled(Symbols.Letters[..count]);
        var question = $"swap:{string.Concat(row)}:";
        var (swaps, steps) = (new List<string>(), new List<string>());
        while (swaps.Count <= difficulty)
        {
            var places = random.Sample(Enumerable.Range(1, count), 2);
            var swap = $"{places[0]}{places[1]}";
            if (swaps.Count > 0 && swap.Order().SequenceEqual(swaps[^1].Order()))
                continue; // It would only undo the one before.

            (row[places[0] - 1], row[places[1] - 1]) = (row[places[1] - 1], row[places[0] - 1]);
            swaps.Add(swap);
            steps.Add(string.Concat(row));
        }

        return new Problem($"{question}{string.Join(',', swaps)}=", steps[^1], $"{string.Join(',', steps)};{steps[^1]}");
    }
}
