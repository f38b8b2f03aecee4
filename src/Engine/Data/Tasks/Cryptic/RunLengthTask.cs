using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Writes repetitions out: <c>expand:3a2(bc)=</c>, <c>aaa,bcbc;aaabcbc</c>.</summary>
/// <remarks>The steps are the parts of the outermost level.</remarks>
internal sealed class RunLengthTask : GeneratedTask
{
    public override string Name => "run-length";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Write out letters and groups that are repeated, groups within groups included.";

    public override string DifficultyMeaning => "how many letters are written, less two; groups nest deeper every second time";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + "():=,;";

    protected override string Rules =>
        "A question such as expand:3a2(b2c)= gives letters and groups in brackets, each behind a digit that says how often it "
        + "is repeated; what stands without a digit comes once. The answer is the row of letters with everything written out: "
        + "aaabccbcc.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var depth = (difficulty + 1) / 2;
        List<(string Text, string Expanded)> parts = [];
        for (var left = difficulty + 2; left > 0;)
        {
            var size = random.Next(1, Math.Min(left, 3));
            parts.Add(Part(random, size, depth));
            left -= size;
        }

        var answer = string.Concat(parts.Select(part => part.Expanded));
        return new Problem(
            $"expand:{string.Concat(parts.Select(part => part.Text))}=",
            answer,
            $"{string.Join(',', parts.Select(part => part.Expanded))};{answer}");
    }

    private static (string Text, string Expanded) Part(RandomSequence random, int letters, int depth)
    {
        var times = random.Next(1, 3);
        if (letters == 1 || depth == 0)
        {
            var row = string.Concat(Enumerable.Range(0, letters).Select(_ => random.Pick(Symbols.Letters)));
            return letters == 1 && times > 1 ? ($"{times}{row}", new string(row[0], times)) : (row, row);
        }

        var (first, second) = (Part(random, 1, depth - 1), Part(random, letters - 1, depth - 1));
        var (text, expanded) = (first.Text + second.Text, first.Expanded + second.Expanded);
        return times > 1 ? ($"{times}({text})", string.Concat(Enumerable.Repeat(expanded, times))) : (text, expanded);
    }
}
