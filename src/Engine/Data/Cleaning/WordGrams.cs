using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Runs of thirteen words, which two texts hardly share by chance.</summary>
/// <remarks>
/// Brown et al., GPT-3, arXiv:2005.14165, appendix C: a gram is a lower-case word between white space without punctuation, and a training text that
/// shares thirteen in a row with an evaluation set is contaminated, unless more than ten training texts do: then the run is a template. Where we
/// differ: the whole row goes, not a window around the run.
/// </remarks>
public static class WordGrams
{
    public const int Length = 13;

    /// <summary>A run in more training questions than this is the words that many are asked with.</summary>
    public const int TemplateQuestions = 10;

    /// <returns>None of a text with fewer words.</returns>
    public static IEnumerable<(ulong Hash, string Text)> Of(string text)
    {
        var words = NormalizedText.Words(text);
        for (var first = 0; first + Length <= words.Length; first++)
        {
            var gram = string.Join(' ', words, first, Length);
            yield return (AddressedRandom.Hash(gram), gram);
        }
    }
}
