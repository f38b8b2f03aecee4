using System.Diagnostics;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Laws of all tasks' rules, held against slow checks of the question alone.</summary>
public sealed class TaskRuleTests
{
    /// <summary>Oracles try everything, which takes its time with large problems.</summary>
    private const int OracleDifficulty = 3;

    /// <summary>Which change was made can only be judged by who knows it: any change fits some examples.</summary>
    private const string Inferred = "grid-transform";

    public static TheoryData<string> Names => [.. Rules.Tasks.Select(task => task.Name)];

    [Fact]
    public void Every_task_has_an_oracle() =>
        Assert.Equal(Rules.Tasks.Select(task => task.Name).Where(name => name != Inferred).Order(), TaskOracles.Tasks.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Worked_solutions_are_right_at_every_difficulty(string name)
    {
        var task = TaskCatalog.Find(name);
        for (var difficulty = 1; difficulty <= task.MaxDifficulty; difficulty++)
        {
            for (var index = 0; index < 12; index++)
            {
                var problem = task.Generate(difficulty, seed: 5, index);
                var verdict = Rules.Grade(name, problem.GroundTruth, problem.WorkedSolution);

                Assert.True(verdict.Correct, $"{problem}: {verdict.Reason}");
                Assert.Equal(problem.Answer(), verdict.Extracted);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_and_oracle_agree_on_the_answer_and_all_that_is_near_it(string name)
    {
        foreach (var problem in Problems(name, perDifficulty: 2))
        {
            Assert.True(IsRight(name, problem, problem.Answer()), problem.ToString());
            foreach (var answer in Perturbed(problem.Answer(), TaskCatalog.Find(name).Alphabet.Replace(";", "x9#", StringComparison.Ordinal)))
                AssertAgree(name, problem, answer);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_and_oracle_agree_on_other_problems_answers(string name)
    {
        var problems = Problems(name, perDifficulty: 8).ToList();
        foreach (var problem in problems)
        {
            foreach (var other in problems.Where((_, place) => place % 5 == 0))
                AssertAgree(name, problem, other.Answer());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_the_question_and_too_much_are_wrong(string name)
    {
        foreach (var problem in Problems(name, perDifficulty: 3))
        {
            var answer = problem.Answer();
            string[] wrong =
            [
                "", ";", " ", problem.Question, problem.Question[..^1], problem.WorkedSolution + ";", $"<think>{problem.WorkedSolution}</think>",
                answer + new string('a', 5000), $"{answer}={answer}", answer + "\0",
            ];

            Assert.All(wrong, response => Assert.False(Rules.Grade(name, problem.GroundTruth, response).Correct, $"{problem}: {response}"));
            Assert.All(["", ",", "-", "/", "+", "*"], separator => AssertAgree(name, problem, answer + separator + answer));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_response_makes_a_rule_throw_or_wins_by_chance(string name)
    {
        var random = new RandomSequence(3, 0);
        var symbols = TaskCatalog.Find(name).Alphabet + "\0\ud800é٣ \n-/:.(";
        foreach (var problem in Problems(name, perDifficulty: 2))
        {
            for (var round = 0; round < 60; round++)
            {
                var response = string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => symbols[random.Next(0, symbols.Length - 1)]));
                var verdict = Rules.Grade(name, problem.GroundTruth, response);

                Assert.True(!verdict.Correct || IsRight(name, problem, verdict.Extracted), $"{problem}: {response}");
            }
        }
    }

    [Fact]
    public void Hostile_responses_are_judged_quickly()
    {
        const int Megabyte = 1 << 20;
        string[] responses =
        [
            new('(', Megabyte), new('1', Megabyte), new('a', Megabyte), new('/', Megabyte), ";" + new string('u', 2000),
            string.Concat(Enumerable.Repeat("a1-", Megabyte / 3)), string.Concat(Enumerable.Repeat("+a,", 600)), string.Concat(Enumerable.Repeat("2*", 1000)),
        ];
        var clock = Stopwatch.StartNew();

        foreach (var task in Rules.Tasks)
        {
            var problem = task.Generate(task.MaxDifficulty, seed: 1, index: 0);
            Assert.All(responses, response => Assert.False(Rules.Grade(task.Name, problem.GroundTruth, response).Correct));
        }

        // Each takes milliseconds; the bound only tells linear from worse.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"Took {clock.Elapsed}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_ground_truth_is_a_reason_and_no_exception(string name)
    {
        foreach (var problem in Problems(name, perDifficulty: 2))
        {
            string[] others = ["", ":", ">", "/", ",", "a", "0", new string('9', 50)];
            foreach (var groundTruth in Perturbed(problem.GroundTruth, ":>,/.#a0Z-\0").Concat(others))
                Assert.NotEmpty(Rules.Grade(name, groundTruth, problem.WorkedSolution).Reason);
        }
    }

    private static IEnumerable<Problem> Problems(string name, int perDifficulty)
    {
        var task = TaskCatalog.Find(name);
        return from difficulty in Enumerable.Range(1, Math.Min(OracleDifficulty, task.MaxDifficulty))
               from index in Enumerable.Range(0, perDifficulty)
               select task.Generate(difficulty, seed: 9, index);
    }

    private static void AssertAgree(string name, Problem problem, string answer)
    {
        var verdict = Rules.Grade(name, problem.GroundTruth, ";" + answer);
        Assert.True(verdict.Correct == IsRight(name, problem, answer), $"{problem}: {answer}: {verdict.Reason}");
    }

    private static bool IsRight(string name, Problem problem, string answer) =>
        name == Inferred ? answer == problem.Answer() : TaskOracles.IsRight(name, problem.Question, answer);

    /// <returns>Texts with one character replaced, left out, doubled or exchanged with its neighbour, and shortened ones.</returns>
    private static IEnumerable<string> Perturbed(string text, string symbols)
    {
        for (var place = 0; place < text.Length; place++)
        {
            for (var i = 0; i < 5; i++)
                yield return $"{text[..place]}{symbols[(place * 7 + i * 11) % symbols.Length]}{text[(place + 1)..]}";

            yield return text.Remove(place, 1);
            yield return text.Insert(place, text[place].ToString());
            yield return text[..place];
            if (place > 0)
                yield return $"{text[..(place - 1)]}{text[place]}{text[place - 1]}{text[(place + 1)..]}";
        }
    }
}
