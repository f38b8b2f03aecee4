using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Finds which words of a list shuffled letters make: <c>anagram:wco:cat,cow,owl,dog=</c>, <c>cow</c>.</summary>
/// <remarks>
/// Other words of the list may make the same letters; the ground truth is letters and list. A step is what is left of the
/// letters.
/// </remarks>
internal sealed class AnagramTask : GeneratedTask
{
    public override string Name => "anagram";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Find the words of a list that shuffled letters make together.";

    public override string DifficultyMeaning => "words in the list, less three; one is hidden, and one more every second time";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters + "-:=,;";

    protected override string Rules =>
        "A question such as anagram:wlocwo:cat,cow,owl,dog= gives shuffled letters and a list of words. Find words of the list "
        + "that together use exactly these letters, all of them and no others. The answer is those words joined by hyphens, in "
        + "any order, each at most once: cow-owl.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var list = random.Sample(Words.All, difficulty + 3);
        string[] hidden = list[..((difficulty + 1) / 2)];
        var letters = string.Concat(random.Shuffled(string.Concat(hidden)));
        var puzzle = $"{letters}:{string.Join(',', random.Shuffled(list))}";
        var answer = string.Join('-', hidden);

        return new Problem($"anagram:{puzzle}=", puzzle, $"{string.Join(',', Rests(letters, hidden))};{answer}");
    }

    private static IEnumerable<string> Rests(string letters, string[] hidden)
    {
        foreach (var word in hidden.SkipLast(1))
        {
            foreach (var letter in word)
                letters = letters.Remove(letters.IndexOf(letter), 1);

            yield return letters;
        }
    }
}
