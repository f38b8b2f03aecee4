using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Data.Tasks.Writing;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>Says whether the first of two responses to <c>say</c> is the better one: <c>say:sea:3-fish-wave|salt|cow=</c>, <c>salt+ 1,cow- -1;yes</c>.</summary>
/// <remarks>
/// What a pairwise generative reward model learns from (Seed-Thinking-v1.5, arXiv:2504.13914, §4.2). Steps say each word again, mark it, and add up. Who wrote the pairs
/// has a taste (<see cref="WordWish.Score"/>) that the model must find.
/// </remarks>
internal sealed class PreferenceTask : GeneratedTask
{
    /// <summary>Words. A policy that is not stopped says more and more.</summary>
    private const int LongestResponse = 8;

    public override string Name => "preference";

    public override TaskFamily Family => TaskFamily.Judging;

    public override string Description => "Say whether the first of two responses to say is the better one.";

    public override string DifficultyMeaning => "as of say: words that are wished for, less one";

    public override int MaxDifficulty => 3;

    public override string Alphabet => Topics.Alphabet + "say:-+= |,;0123456789yesno";

    protected override string Rules =>
        "A question such as say:sea:3-fish-wave|salt|cow= gives a question of the task say and two responses to it. Different words that were asked for "
        + "speak for a response, all others and repeated ones against it. The answer is yes where the first response is better, else no.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        while (true)
        {
            var (wish, allowed) = SayTask.Draw(difficulty, random);
            var (first, second) = (Respond(wish, allowed, random), Respond(wish, allowed, random));
            var (firstScore, secondScore) = (wish.Score(first), wish.Score(second));
            if (firstScore == secondScore)
                continue;

            var verdict = firstScore > secondScore ? "yes" : "no";
            return new Problem(
                CompactPrompts.Preference($"say:{wish}=", first, second), verdict, $"{Count(wish, first)},{Count(wish, second)};{verdict}");
        }
    }

    private static string Respond(WordWish wish, string[] allowed, RandomSequence random)
    {
        List<string> words = [];
        var most = random.Next(0, 5) == 0 ? LongestResponse : wish.Count + 1;
        for (var left = random.Next(1, most); left > 0; left--)
        {
            words.Add(random.Next(0, 9) switch
            {
                < 5 => random.Pick(allowed),
                5 => random.Pick(wish.Unwanted),
                6 when words.Count > 0 => random.Pick(words),
                7 or 8 => Misspell(random.Pick(allowed), random),
                _ => random.Pick(Topics.All),
            });
        }

        return string.Join(' ', words);
    }

    /// <summary>What a policy that learns writes most; a judge that never saw it reads the word that was meant, and the policy finds out.</summary>
    private static string Misspell(string word, RandomSequence random)
    {
        while (true)
        {
            var place = random.Next(0, word.Length - 1);
            var other = Topics.Alphabet[random.Next(0, Topics.Alphabet.Length - 1)];
            var misspelt = random.Next(0, 2) switch
            {
                0 => word.Remove(place, 1),
                1 => word.Insert(place, other.ToString()),
                _ => string.Concat(word.AsSpan(0, place), [other], word.AsSpan(place + 1)),
            };
            if (!Topics.All.Contains(misspelt))
                return misspelt;
        }
    }

    private static string Count(WordWish wish, string response) => string.Create(
        CultureInfo.InvariantCulture, $"{string.Concat(response.Split(' ').Zip(wish.Marks(response), (word, mark) => $"{word}{(mark > 0 ? '+' : '-')} "))}{wish.Score(response)}");
}
