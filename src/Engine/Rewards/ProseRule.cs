namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges answers in prose: the marked answer, else the last number; equal as text, or exactly equal as numbers.</summary>
internal static class ProseRule
{
    /// <summary>Decoration that changes no answer: white space, Markdown's bold, LaTeX's dollars, the full stop.</summary>
    private static readonly char[] Decoration = [' ', '\t', '\r', '\n', '*', '$', '.'];

    public static Judgement Judge(string groundTruth, string response)
    {
        var truth = Strip(groundTruth);
        var number = ExactNumber.Parse(truth);
        var answer = Strip(
            FinalAnswer.Marked(response)
            ?? (number is null ? null : ExactNumber.FindLast(response))
            ?? response);

        if (answer.Length == 0)
            return new Judgement(false, "", "The response gives no answer.");
        if (answer == truth)
            return new Judgement(true, answer, "The answer equals the expected text.");
        if (number is not null && ExactNumber.Parse(answer) == number)
            return new Judgement(true, answer, "The answer equals the expected number exactly.");

        return new Judgement(false, answer, $"The answer is not {truth}.");
    }

    private static string Strip(string answer)
    {
        // ".5" keeps its point: a stop is decoration only at the end.
        var text = answer.AsSpan().TrimEnd(Decoration).TrimStart(Decoration.AsSpan(0, Decoration.Length - 1));
        return text.ToString();
    }
}
