using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Sorts words by a given alphabet: <c>order:cow,cat,dog=</c>, <c>cat,cow,dog</c>.</summary>
internal sealed class WordSortTask : GeneratedTask
{
    public override string Name => "word-sort";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Sort words alphabetically, from 5 on backwards or by their last letters.";

    public override string DifficultyMeaning => "how many words, less two; from 5 on they may have to be sorted backwards or by their endings";

    public override int MaxDifficulty => 9;

    public override string Alphabet => Symbols.Letters + ":=,;";

    protected override string Rules =>
        "A question such as order:cow,cat,dog= gives words to be sorted as in a dictionary (a word that another begins with "
        + "comes first): cat,cow,dog. If it begins with backwards, the order is the opposite one; if it begins with endings, "
        + "words are compared from their last letters backwards, as if each were spelled backwards. The answer is the words, "
        + "as they are spelled, in that order with commas between them.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var words = random.Sample(Words.All, difficulty + 2);
        var kind = difficulty < 5 ? "order" : random.Pick<string>(["order", "backwards", "endings"]);
        var sorted = words.OrderBy(word => kind == "endings" ? string.Concat(word.Reverse()) : word, StringComparer.Ordinal);
        var answer = string.Join(',', kind == "backwards" ? sorted.Reverse() : sorted);

        return new Problem($"{kind}:{string.Join(',', words)}=", answer, $";{answer}");
    }
}
