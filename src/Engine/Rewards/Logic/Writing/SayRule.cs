using SeedOrleans.Engine.Data.Tasks.Writing;

namespace SeedOrleans.Engine.Rewards.Logic.Writing;

/// <summary>So many different words of a topic, none that is not wanted.</summary>
internal static class SayRule
{
    public static string? FindBroken(string wish, string answer)
    {
        var wished = WordWish.Parse(wish);
        var marks = wished.Marks(answer);
        return marks.Count != wished.Count ? $"{marks.Count} words were said, and {wished.Count} were wished for."
            : marks.Any(mark => mark < 0) ? "A word is not of the topic, not wanted, or said twice."
            : null;
    }
}
