using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Chooses numbers with a given sum: <c>subset:12,7,31,5&gt;24=</c>, <c>12,19,24;12+7+5</c>.</summary>
/// <remarks>Several choices may be right; the ground truth is the puzzle. The steps are the sum so far.</remarks>
internal sealed class SubsetSumTask : GeneratedTask
{
    public override string Name => "subset-sum";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Choose some of the given numbers so that their sum is what is asked.";

    public override string DifficultyMeaning => "how many numbers are given, less three; each is below ten times as many";

    public override int MaxDifficulty => 9;

    public override string Alphabet => Symbols.Digits + "subset:+>=,;";

    protected override string Rules =>
        "A question such as subset:12,7,31,5>24= gives numbers and, behind >, a sum. The answer is some of the numbers, joined "
        + "by +, whose sum is exactly that: 12+7+5. Each number may be taken as often as it is given. Any such choice is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var count = difficulty + 3;
        int[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.Next(2, 10 * count - 1))];
        int[] chosen = random.Sample(numbers, random.Next(2, count - 1));
        var puzzle = $"{string.Join(',', numbers)}>{chosen.Sum()}";
        var sums = Enumerable.Range(1, chosen.Length).Select(length => chosen[..length].Sum());

        return new Problem($"subset:{puzzle}=", puzzle, $"{string.Join(',', sums)};{string.Join('+', chosen)}");
    }
}
