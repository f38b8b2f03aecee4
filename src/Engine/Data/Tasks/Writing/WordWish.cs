using System.Globalization;

namespace SeedOrleans.Engine.Data.Tasks.Writing;

/// <summary>A wish for words: on a topic, so many, and without some. Written <c>sea:3-fish-wave</c>.</summary>
internal sealed record WordWish(string Topic, int Count, IReadOnlyList<string> Unwanted)
{
    private const int Best = 1, Bad = -1;

    /// <exception cref="FormatException">The text is no wish.</exception>
    public static WordWish Parse(string text)
    {
        var parts = text.Split('-');
        var head = parts[0].Split(':');
        return head.Length == 2 && Topics.Names.Contains(head[0]) && int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 10 && !head[1].EndsWith('\0')
            ? new WordWish(head[0], count, parts[1..])
            : throw new FormatException("a wish reads sea:3-fish-wave");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}:{Count}{string.Concat(Unwanted.Select(word => $"-{word}"))}");

    /// <summary>Different words that are wished for count 1 each, until there are as many as were wished for; anything else counts −1.</summary>
    public int Score(string answer) => Marks(answer).Sum();

    /// <returns>1 or −1 for each word.</returns>
    public IReadOnlyList<int> Marks(string answer)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var wished = Topics.WordsOf(Topic);
        return [.. answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => wished.Contains(word) && !Unwanted.Contains(word) && said.Count < Count && said.Add(word) ? Best : Bad)];
    }
}
