namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Questions seen so far, to find those that come again.</summary>
/// <param name="near">The least similarity of near duplicates; 1 looks for exact ones alone.</param>
/// <param name="sharesWords">Whether a run of words that both have makes two questions alike: for evaluation sets, whose words must not be trained on.</param>
public sealed class QuestionIndex(double near, bool sharesWords)
{
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, (int First, int Questions)> _grams = [];
    private readonly NearDuplicateIndex? _near = near < 1 ? new NearDuplicateIndex(near) : null;
    private int _count;

    /// <returns>The first question that this one is like, by the strictest sense that applies; null where there is none.</returns>
    public QuestionMatch? Find(string question)
    {
        if (_exact.TryGetValue(NormalizedText.Of(question), out var same))
            return new QuestionMatch(MatchKind.Exact, same, 1);
        if (_near?.Find(Shingles.Of(question)) is var (place, similarity))
            return new QuestionMatch(MatchKind.Near, place, similarity);

        foreach (var (hash, text) in sharesWords ? WordGrams.Of(question) : [])
        {
            if (_grams.TryGetValue(hash, out var known) && known.Questions <= WordGrams.TemplateQuestions)
                return new QuestionMatch(MatchKind.SharedWords, known.First, Shared: text);
        }

        return null;
    }

    public void Add(string question)
    {
        _exact.TryAdd(NormalizedText.Of(question), _count);
        _near?.Add(Shingles.Of(question));
        foreach (var hash in (sharesWords ? WordGrams.Of(question) : []).Select(gram => gram.Hash).Distinct())
        {
            var (first, questions) = _grams.GetValueOrDefault(hash, (_count, 0));
            _grams[hash] = (first, questions + 1);
        }

        _count++;
    }
}
