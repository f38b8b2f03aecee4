namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Finds what follows the last "Answer:", "answer is" or ####: the rest of that line, to the end of its sentence.</summary>
internal static class MarkedAnswers
{
    private const string Word = "answer", Hashes = "####";

    /// <summary>Mentions of the word that are looked at, from the right.</summary>
    private const int MaxMentions = 16;

    /// <summary>What may stand between the word and the answer, once a verb or a colon was seen.</summary>
    private static readonly char[] Glue = [' ', '\t', ':', '：', '='];

    /// <summary>What follows these explains the answer.</summary>
    private static readonly string[] Explanations = [" because ", " since ", " as ", ", which ", " where "];

    /// <returns>Null where nothing is marked.</returns>
    public static string? Find(string text)
    {
        var hashes = text.LastIndexOf(Hashes, StringComparison.Ordinal);
        var end = text.Length;
        for (var i = 0; i < MaxMentions; i++)
        {
            var mention = end <= 0 ? -1 : text.LastIndexOf(Word, end - 1, StringComparison.OrdinalIgnoreCase);
            if (mention < 0 || mention < hashes)
                break;
            if (After(text.AsSpan(mention + Word.Length)) is { Length: > 0 } answer)
                return answer;

            end = mention;
        }

        return hashes >= 0 ? Sentence(text.AsSpan(hashes + Hashes.Length)) : null;
    }

    /// <returns>Null where the word only happens to stand there.</returns>
    private static string? After(ReadOnlySpan<char> rest)
    {
        var verb = rest.TrimStart([' ', '*', '_', '\t']);
        var isVerb = verb.StartsWith("is ", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("is:", StringComparison.OrdinalIgnoreCase);
        if (!isVerb && !(verb.Length > 0 && verb[0] is ':' or '：' or '='))
            return null;

        // "**Answer:** 42" closes its bold before the answer, "Answer: **42**" opens one around it.
        var answer = (isVerb ? verb[2..] : verb).TrimStart(Glue);
        return Sentence(answer.StartsWith("**") && (answer.Length == 2 || char.IsWhiteSpace(answer[2])) ? answer[2..].TrimStart(Glue) : answer);
    }

    /// <summary>The first line that says something, to a full stop before white space.</summary>
    private static string Sentence(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        var end = rest.IndexOfAny('\r', '\n');
        // A formula set off on its own goes to its own end.
        if (rest.StartsWith("$$") || rest.StartsWith("\\["))
            end = rest[2..].IndexOf(rest.StartsWith("$$") ? "$$" : "\\]") is >= 0 and var close ? close + 4 : end;

        var line = end < 0 ? rest : rest[..end];
        foreach (var explanation in Explanations)
            line = line.IndexOf(explanation, StringComparison.Ordinal) is > 0 and var place ? line[..place] : line;

        // The stop after a single letter belongs to a choice: "B. 7".
        for (var i = 2; i + 1 < line.Length; i++)
        {
            if (line[i] == '.' && char.IsWhiteSpace(line[i + 1]))
                return line[..i].ToString();
        }

        return line.ToString();
    }
}
