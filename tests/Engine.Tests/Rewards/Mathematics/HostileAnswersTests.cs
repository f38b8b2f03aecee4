using System.Diagnostics;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

/// <summary>Text that was made to stall, to overflow or to slip through. The benchmark has the times; here they must only end.</summary>
public sealed class HostileAnswersTests
{
    /// <summary>Each takes milliseconds; the bound tells a stall from a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string[] References =
        ["5", "x^2+2x+1", "\\sqrt{2}+\\sqrt{3}", "\\sin x+\\ln y", "(2,3]\\cup(4,5)", "\\{1,2,\\sqrt{3}\\}", "\\sum_{k=1}^{1000} \\sin k", "C", "x+y=3", "\\text{east}"];

    private static readonly string[] Fragments =
    [
        "1", "2", "9", "100", "0.5", "x", "y", "n", "e", "i", "\\pi", "\\infty", "+", "-", "*", "/", "^", "_", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "|", "!", "%", "^\\circ", "=", "<",
        "\\le", "\\ne", "\\approx", "\\in", "\\cup", "\\setminus", "\\pm", "\\frac", "\\sqrt", "\\sqrt[3]", "\\sin", "\\ln", "\\log_2", "\\arcsin", "\\binom", "\\sum_{k=1}^{100}",
        "\\prod_{k=1}^{900}", "\\left", "\\right", "\\text{", "\\text{cm}", "\\begin{pmatrix}", "\\end{pmatrix}", "&", "\\\\", ",", ";", ":", "and", "or", "\\mathbb{R}", "\\overline{3}",
        "\\boxed{", "\\$", "$", "'", "cm", "^{2}", "_{8}", "1/2", "{,}", "\\gcd(12,18)", "²", "½", "√", "1e300", "(1,2)", "\\mathbb", "\\begin", "𝑥", "\0", "\ud800", "</think>", "<think>",
        "answer is", "**", "####",
    ];

    public static IEnumerable<string> Texts => HostileTexts.All;

    [Fact]
    public void No_hostile_text_stalls_or_throws()
    {
        foreach (var text in Texts)
            Judge(References[0], text, MathematicsPolicy.Default);

        foreach (var reference in References.Concat(Texts).Where(text => text.Length < 300))
        {
            foreach (var text in Texts.Where(text => text.Length < 3000))
                Judge(reference, text, MathematicsPolicy.Default);
        }
    }

    [Fact]
    public void No_hostile_text_overflows_a_small_stack()
    {
        const int SmallStack = 256 * 1024;
        var judged = 0;
        var thread = new Thread(() => judged = Texts.Where(text => text.Length < 3000).Select(text => MathematicsVerifier.Judge(null, "\\sqrt{2}", text)).Count(), SmallStack);
        thread.Start();
        thread.Join();

        Assert.True(judged > 0);
    }

    [Fact]
    public void No_hostile_text_is_right()
    {
        foreach (var reference in References)
            Assert.All(Texts.Where(text => text.Length < 3000), text => Assert.NotEqual(Outcome.Correct, MathematicsVerifier.Judge(null, reference, text).Outcome));
    }

    [Fact]
    public void Soup_neither_stalls_nor_throws()
    {
        for (var seed = 0UL; seed < 3000; seed++)
        {
            var chance = new RandomSequence(seed, 7);
            var answer = Soup(chance, 60);
            Judge(chance.Next(0, 1) == 0 ? References[chance.Next(0, References.Length - 1)] : Soup(chance, 12), answer, new MathematicsPolicy { Form = (AnswerForm)chance.Next(0, 2) });
        }
    }

    [Fact]
    public void Mutated_answers_neither_stall_nor_throw()
    {
        foreach (var (place, row) in LabelledAnswers.All.Index())
        {
            var chance = new RandomSequence((ulong)place, 8);
            var at = chance.Next(0, row.Response.Length);
            var mutated = row.Response[..at] + Fragments[chance.Next(0, Fragments.Length - 1)] + row.Response[Math.Min(row.Response.Length, at + chance.Next(0, 4))..];
            Judge(row.Reference, mutated, row.Policy);
        }
    }

    [Theory]
    [InlineData("43 = 42")]
    [InlineData("42 = 43 = 42")]
    [InlineData("\\boxed{41} or \\boxed{42}")]
    [InlineData("\\boxed{41, 42}")]
    [InlineData("\\boxed{\\{40, 41, 42, 43\\}}")]
    [InlineData("\\boxed{41 \\pm 1}")]
    [InlineData("\\boxed{[0, 100]}")]
    [InlineData("\\boxed{x}")]
    [InlineData("\\boxed{x = x}")]
    [InlineData("\\boxed{42 \\text{ or } 43}")]
    [InlineData("\\boxed{\\approx 42 \\text{ or so}}")]
    [InlineData("\\boxed{6 \\cdot 7}")]
    [InlineData("\\boxed{42.0000001}")]
    [InlineData("\\boxed{41.\\overline{9}8}")]
    [InlineData("<think>\\boxed{42}</think>")]
    [InlineData("<think>\\boxed{42}")]
    [InlineData("\\boxed{42} and finally \\boxed{0}")]
    [InlineData("\\boxed{the right answer}")]
    [InlineData("\\boxed{\\text{correct}}")]
    [InlineData("\\boxed{4}{2}")]
    [InlineData("\\boxed{42 \\neq 42}")]
    [InlineData("\\boxed{42 > 0}")]
    [InlineData("\\boxed{n \\text{ where } n = 42}")]
    public void Tricks_do_not_pass_for_42(string response) =>
        Assert.NotEqual(Outcome.Correct, MathematicsVerifier.Judge("Compute 6 \\cdot 7.", "42", response).Outcome);

    private static void Judge(string reference, string response, MathematicsPolicy? policy)
    {
        var start = Stopwatch.GetTimestamp();
        MathematicsVerifier.Judge(null, reference, response, policy);
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"{reference} against {response[..Math.Min(200, response.Length)]} took {Stopwatch.GetElapsedTime(start)}.");
    }

    private static string Soup(RandomSequence chance, int most) =>
        string.Join(chance.Next(0, 2) == 0 ? " " : "", Enumerable.Range(0, chance.Next(1, most)).Select(_ => Fragments[chance.Next(0, Fragments.Length - 1)]));
}
