using System.Diagnostics;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Engine.Tests.Rewards;

public sealed class RuleVerifierTests
{
    public static TheoryData<string> Tasks => [.. Logic.Rules.Tasks.Select(task => task.Name)];

    [Fact]
    public void Worked_example()
    {
        var verdict = Grade("task:addition", "623", "5+8=13,4+7+1=12,3+2+1=6;623");

        Assert.Equal((true, 1.0, "623"), (verdict.Correct, verdict.Score, verdict.Extracted));
        Assert.Equal(-1, Grade("task:addition", "623", "5+8=13;622").Score);
    }

    [Theory]
    [InlineData("623", true)]
    [InlineData("1;2; 623 ", true)]
    [InlineData("0623", true)]
    [InlineData("623;", false)]
    [InlineData("", false)]
    [InlineData("345+278", false)]
    [InlineData("623=622", false)]
    [InlineData("1246/2", false)]
    [InlineData("<think>;623</think>", false)]
    [InlineData("<think>;1</think>;623", true)]
    [InlineData(";623<think>", true)]
    [InlineData("<think>;623", false)]
    public void Tasks_with_numbers(string response, bool correct) =>
        Assert.Equal(correct, Grade("task:addition", "623", response).Correct);

    [Theory]
    [InlineData(";0123", true)]
    [InlineData(";123", false)]
    public void Tasks_with_text_keep_leading_zeros(string response, bool correct) =>
        Assert.Equal(correct, Grade("task:sequence", "0123", response).Correct);

    [Theory]
    [InlineData("3*2=6,6+7=13;3*2+7", true)]
    [InlineData(";7+(3*2)", true)]
    [InlineData(";( 7 + 3 * 2 )", true)]
    [InlineData(";7*3-2*4", false)] // 4 is not given
    [InlineData(";7+3+3", false)] // 3 used twice
    [InlineData(";7+3+2", false)] // 12
    [InlineData(";13", false)] // the target itself is not given
    [InlineData(";7+3*2=13", false)]
    [InlineData(";7+3*2)", false)]
    [InlineData(";(7+3*2", false)]
    [InlineData(";7+3*+2", false)]
    [InlineData(";7/(3-3)", false)]
    [InlineData(";__import__('os')", false)]
    [InlineData(";", false)]
    public void Countdown_plays_by_the_rules(string response, bool correct) =>
        Assert.Equal(correct, Grade("task:countdown", "3,7,2>13", response).Correct);

    [Theory]
    [InlineData("8,3,8,3>24", ";8/(3-8/3)", true)] // thirds on the way: exact only without rounding
    [InlineData("5,5>5", ";5", true)]
    [InlineData("1,3>3", ";1/3*3", false)]
    [InlineData("1,3,3>1", ";1/3*3", true)]
    [InlineData("6,2>3", ";6/2\0", false)]
    public void Countdown_is_exact(string puzzle, string response, bool correct) =>
        Assert.Equal(correct, Grade("task:countdown", puzzle, response).Correct);

    [Theory]
    [InlineData("42", "The answer is 42.", true)]
    [InlineData("42", "Answer: 42", true)]
    [InlineData("42", "answer: **42**\nThat was fun, 7.", true)]
    [InlineData("42", "Answer: 41\nAnswer: 42", true)]
    [InlineData("42", "Answer: 42 or 43", false)]
    [InlineData("42", "so \\boxed{42} it is, 7", true)]
    [InlineData("42", "Answer: $\\boxed{42}$", true)]
    [InlineData("42", "\\boxed{41} then \\boxed{42}", true)]
    [InlineData("42", "\\boxed{43 = 42}", false)]
    [InlineData("42", "6*7=42;42", true)]
    [InlineData("42", "<think>42</think> 41", false)]
    [InlineData("42", "<think>42</think>", false)]
    [InlineData("42", "It is -42", false)]
    [InlineData("3", "10-7", false)] // not worked out
    [InlineData("3", "so we have 10-3", true)] // the last number of a difference is not negative
    [InlineData("3/2", "1.50", true)]
    [InlineData("1.50", "Answer: 3/2", true)]
    [InlineData("1234", "1,234", true)]
    [InlineData("1,234", "1234", true)]
    [InlineData("5", "Answer: 15/3", false)] // restates the question
    [InlineData("0.333333", "Answer: 1/3", false)] // no rounding
    [InlineData("Paris", "Answer: Paris.", true)]
    [InlineData("Paris", " Paris ", true)]
    [InlineData("Paris", "Answer: paris", true)]
    [InlineData("Paris", "Answer: Rome", false)]
    [InlineData("0", "Answer: 0.0", true)]
    [InlineData("1", "1/0", false)]
    [InlineData("42", "", false)]
    public void Prose(string groundTruth, string response, bool correct)
    {
        Assert.Equal(correct, Grade("math", groundTruth, response).Correct);
        Assert.Equal(correct, Grade("rule", groundTruth, response).Correct);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_worked_solution_is_right_and_a_disturbed_one_wrong(string name)
    {
        var task = TaskCatalog.Find(name);
        for (var difficulty = 1; difficulty <= task.MaxDifficulty; difficulty++)
        {
            for (var index = 0; index < 30; index++)
            {
                var problem = task.Generate(difficulty, seed: (ulong)difficulty, index);

                Assert.True(Grade($"task:{name}", problem.GroundTruth, problem.WorkedSolution).Correct, problem.WorkedSolution);
                Assert.False(Grade($"task:{name}", problem.GroundTruth, problem.WorkedSolution + "+1").Correct);
                Assert.False(Grade($"task:{name}", problem.GroundTruth, problem.WorkedSolution + "1").Correct);
                Assert.False(Grade($"task:{name}", problem.GroundTruth, problem.WorkedSolution + ";").Correct);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_task_has_a_rule(string name) => Assert.True(RuleVerifier.Supports($"task:{name}"));

    [Fact]
    public void Hostile_responses_are_judged_quickly()
    {
        const int Megabyte = 1 << 20;
        string[] responses =
        [
            new('(', 4 * Megabyte),
            new('9', 4 * Megabyte),
            ";" + new string('9', 300),
            ";" + string.Concat(Enumerable.Repeat("99999999*", 28)) + "1",
            "Answer:" + new string('{', Megabyte),
            string.Concat(Enumerable.Repeat("\\boxed{", Megabyte / 7)),
            string.Concat(Enumerable.Repeat("<think>", Megabyte / 7)),
            string.Concat(Enumerable.Repeat("1,234", Megabyte / 5)),
            new(' ', 4 * Megabyte),
            new(';', Megabyte),
            "\ud800\0\uffff;\ud800",
        ];
        var clock = Stopwatch.StartNew();

        foreach (var response in responses)
        {
            foreach (var style in (string[])["rule", "task:addition", "task:countdown", "task:sequence"])
                Assert.False(Grade(style, style == "task:countdown" ? "3,7,2>13" : "13", response).Correct);
        }

        // Each takes milliseconds; the bound only tells linear from worse.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"Took {clock.Elapsed}.");
    }

    [Fact]
    public void A_style_without_a_rule_is_refused_by_name()
    {
        Assert.False(RuleVerifier.Supports("task:knitting"));
        Assert.False(RuleVerifier.Supports("model"));

        var refusal = Assert.Throws<UnknownRewardStyleException>(() => Grade("task:knitting", "1", "1"));
        Assert.Equal("task:knitting", refusal.Style);
    }

    private static Verdict Grade(string style, string groundTruth, string response) =>
        RuleVerifier.Grade(
            new Prompt
            {
                Id = "p",
                Tokens = [],
                Question = "",
                DataSource = "d",
                RewardStyle = style,
                GroundTruth = groundTruth,
            },
            response);
}
