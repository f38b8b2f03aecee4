namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Questions seen so far, to find those that come again.</summary>
/// <param name="near">The least similarity of near duplicates; 1 looks for exact ones alone.</param>
/// <param name="sharesWords">Whether a run of words that both have makes two questions alike: for evaluation sets, whose words must not be trained on.</param>
public sealed class QuestionIndex(double near, bool sharesWords)
{
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _grams = [];
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
            if (_grams.TryGetValue(hash, out var other))
                return new QuestionMatch(MatchKind.SharedWords, other, Shared: text);
        }

        return null;
    }

    public void Add(string question)
    {
        _exact.TryAdd(NormalizedText.Of(question), _count);
        _near?.Add(Shingles.Of(question));
        foreach (var (hash, _) in sharesWords ? WordGrams.Of(question) : [])
            _grams.TryAdd(hash, _count);

        _count++;
    }

    /// <summary>Forgets runs of words that more than <see cref="WordGrams.TemplateQuestions"/> of the questions have, which tell nothing of any one.</summary>
    /// <param name="questions">All that are going to be looked for.</param>
    public void ForgetTemplates(IEnumerable<string> questions)
    {
        var times = new Dictionary<ulong, int>();
        foreach (var hash in questions.SelectMany(question => WordGrams.Of(question).Select(gram => gram.Hash).Where(_grams.ContainsKey).Distinct()))
            times[hash] = times.GetValueOrDefault(hash) + 1;

        foreach (var (hash, count) in times)
        {
            if (count > WordGrams.TemplateQuestions)
                _grams.Remove(hash);
        }
    }
}
