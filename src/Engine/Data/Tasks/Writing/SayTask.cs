using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Writing;

/// <summary>Says words on a topic: <c>say:sea:3-fish-wave=</c>, <c>;salt crab ship</c>.</summary>
/// <remarks>A small stand-in for writing that no rule judges: as <c>say-preferred</c> a reward model compares with a reference response, and the rule only measures.</remarks>
/// <param name="isPreferred">Judged by comparison; the ground truth is a response that lacks one of the words.</param>
internal sealed class SayTask(string name, bool isPreferred = false) : GeneratedTask
{
    public override string Name => name;

    public override TaskFamily Family => TaskFamily.Writing;

    public override string RewardStyle => isPreferred ? "pairwise" : base.RewardStyle;

    public override string Description => isPreferred ? "Say words on a topic better than a reference does, in a reward model's eyes." : "Say different words on a topic, and none of those that are not wanted.";

    public override string DifficultyMeaning => "words to say, less one; as many are not wanted";

    public override int MaxDifficulty => 3;

    public override string Alphabet => Topics.Alphabet + "say:-= ;23456789";

    protected override string Rules =>
        "A question such as say:sea:3-fish-wave= names a topic, how many words to say, and words that must not be said. The answer is so many different words of that "
        + "topic with spaces between them: salt crab ship.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (wish, allowed) = Draw(difficulty, random);
        var answer = string.Join(' ', allowed.Take(wish.Count));
        var poorer = string.Join(' ', random.Shuffled(allowed).Take(wish.Count - 1));
        return new Problem($"say:{wish}=", isPreferred ? poorer : wish.ToString(), $";{answer}");
    }

    /// <returns>A wish, and all words that fulfil it in a random order.</returns>
    internal static (WordWish Wish, string[] Allowed) Draw(int difficulty, RandomSequence random)
    {
        var topic = random.Pick(Topics.Names);
        var words = random.Shuffled(Topics.WordsOf(topic));
        var unwanted = difficulty + 1;
        return (new WordWish(topic, difficulty + 1, words[..unwanted]), words[unwanted..]);
    }
}
