namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>How much of a response is in another language than its question, as far as letters tell.</summary>
/// <remarks>DeepSeek-R1's language consistency (arXiv:2501.12948, §2.3.2) counts words of the target language; letters tell Chinese from English, not French.</remarks>
public static class LanguageMixing
{
    /// <returns>The share of the response's letters whose writing system the question does not use, from 0 to 1; thinking counts.</returns>
    public static double Of(string question, string response)
    {
        var asked = question.Select(WritingSystem.Of).Where(system => system != ' ').ToHashSet();
        if (asked.Count == 0)
            return 0;

        int letters = 0, foreign = 0;
        foreach (var letter in response)
        {
            if (WritingSystem.Of(letter) is not ' ' and var system)
            {
                letters++;
                foreign += asked.Contains(system) ? 0 : 1;
            }
        }

        return letters == 0 ? 0 : (double)foreign / letters;
    }
}
