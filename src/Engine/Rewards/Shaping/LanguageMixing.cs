using System.Text;
using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>How much of a response is in another language than its question, as far as letters tell.</summary>
/// <remarks>DeepSeek-R1's language consistency (arXiv:2501.12948, §2.3.2) counts words of the target language; letters tell Chinese from English, not French.</remarks>
internal static class LanguageMixing
{
    /// <returns>The share of the response's letters whose writing system the question does not use, from 0 to 1; thinking counts, Greek letters do not.</returns>
    public static double Of(string question, string response)
    {
        var asked = ScriptsOf(question).ToHashSet();
        if (asked.Count == 0)
            return 0;

        int letters = 0, foreign = 0;
        foreach (var script in ScriptsOf(response))
        {
            letters++;
            foreign += asked.Contains(script) ? 0 : 1;
        }

        return letters == 0 ? 0 : (double)foreign / letters;
    }

    private static IEnumerable<string> ScriptsOf(string text)
    {
        foreach (var letter in text.EnumerateRunes())
            if (Rune.IsLetter(letter) && WritingSystem.Of(letter) is var script && script is not (WritingSystem.Greek or WritingSystem.Other))
                yield return script;
    }
}
