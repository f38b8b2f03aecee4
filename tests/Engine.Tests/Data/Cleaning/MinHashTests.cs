using SeedOrleans.Engine.Data.Cleaning;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class MinHashTests
{
    /// <summary>Six standard deviations of an estimate from 128 places, at its widest.</summary>
    private static readonly double Tolerance = 6 * Math.Sqrt(0.25 / MinHash.Length);

    [Fact]
    public void The_share_of_equal_places_is_near_the_exact_similarity()
    {
        var errors = new List<double>();
        for (var pair = 0UL; pair < 200; pair++)
        {
            var (first, second) = RandomTexts(pair);
            var exact = Exact(first, second);
            var (a, b) = (Shingles.Of(first), Shingles.Of(second));

            Assert.Equal(exact, a.Jaccard(b), 1e-12);
            errors.Add(MinHash.Similarity(MinHash.Sign(a), MinHash.Sign(b)) - exact);
        }

        Assert.All(errors, error => Assert.InRange(error, -Tolerance, Tolerance));
        Assert.InRange(errors.Average(), -0.01, 0.01);
    }

    [Fact]
    public void An_index_finds_what_exact_comparison_finds()
    {
        var texts = Enumerable.Range(0, 150).SelectMany(pair => new[] { RandomTexts((ulong)pair).First, RandomTexts((ulong)pair).Second }).ToArray();
        var index = new NearDuplicateIndex(0.6);
        var (found, expected) = (0, 0);
        for (var place = 0; place < texts.Length; place++)
        {
            var shingles = Shingles.Of(texts[place]);
            if (index.Find(shingles) is var (other, similarity))
            {
                found++;
                Assert.Equal(Exact(texts[other], texts[place]), similarity, 1e-12);
                Assert.True(similarity >= 0.6);
            }

            expected += texts[..place].Any(earlier => Exact(earlier, texts[place]) >= 0.6) ? 1 : 0;
            index.Add(shingles);
        }

        // 0.995 of those at the threshold itself, and more of those above it.
        Assert.InRange(expected, 20, texts.Length - 20);
        Assert.InRange(found, expected - 2, expected);
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("ab", "ab", 1)]
    [InlineData("ab", "ac", 0)]
    [InlineData("123456", "123457", 1.0 / 3)]
    [InlineData("a b c d e f g h", "a b c d e f g x", 5.0 / 7)]
    public void Short_texts_are_characters_and_long_ones_words(string first, string second, double similarity) =>
        Assert.Equal(similarity, Shingles.Of(first).Jaccard(Shingles.Of(second)), 1e-12);

    /// <summary>The second is the first with some words replaced: between none and all.</summary>
    private static (string First, string Second) RandomTexts(ulong pair)
    {
        var random = new RandomSequence(7, pair);
        var words = Enumerable.Range(0, random.Next(20, 80)).Select(_ => $"w{random.Next(0, 300)}").ToArray();
        var changed = random.Next(0, 30);
        return (string.Join(' ', words), string.Join(' ', words.Select(word => random.Next(0, 99) < changed ? $"v{random.Next(0, 300)}" : word)));
    }

    private static double Exact(string first, string second)
    {
        var (a, b) = (Pieces(first), Pieces(second));
        return (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private static HashSet<string> Pieces(string text)
    {
        var words = text.Split(' ');
        return [.. Enumerable.Range(0, words.Length - 2).Select(first => $"{words[first]} {words[first + 1]} {words[first + 2]}")];
    }
}
