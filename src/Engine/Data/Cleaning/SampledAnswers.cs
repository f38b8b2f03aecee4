using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>What several sampled responses to one question say about the question.</summary>
/// <param name="Samples">Of one question, all judged by its reference.</param>
public sealed record SampledAnswers(ImmutableArray<SampledAnswer> Samples)
{
    /// <summary>Fewer say nothing.</summary>
    public const int Least = 4;

    public bool AreEnough => Samples.Length >= Least;

    public int CountRight() => Samples.Count(sample => sample.IsRight);

    /// <returns>Even the worst of them is right: there is nothing to learn.</returns>
    public bool IsTooEasy() => AreEnough && CountRight() == Samples.Length;

    public bool IsHopeless() => AreEnough && CountRight() == 0;

    /// <summary>Self-consistency against the reference: what most samples agree on is likely right (Wang et al., arXiv:2203.11171).</summary>
    /// <param name="agree">The least share of all samples, in (0, 1].</param>
    /// <param name="areSame">Whether two answers are equal, taken as an equivalence.</param>
    /// <returns>The one answer that so many give and the verifier calls wrong, and their share; null where there is none.</returns>
    public (string Answer, double Share)? FindAgreedWrong(double agree, Func<string, string, bool> areSame)
    {
        if (!AreEnough)
            return null;

        var groups = new List<(string Answer, int Count)>();
        foreach (var sample in Samples.Where(sample => !sample.IsRight && sample.Answer.Length > 0))
        {
            var place = groups.FindIndex(group => areSame(group.Answer, sample.Answer));
            if (place < 0)
                groups.Add((sample.Answer, 1));
            else
                groups[place] = (groups[place].Answer, groups[place].Count + 1);
        }

        var most = groups.OrderByDescending(group => group.Count).FirstOrDefault();
        var share = (double)most.Count / Samples.Length;
        return most.Count > 0 && share >= agree ? (most.Answer, share) : null;
    }
}
