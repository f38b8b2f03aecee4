using System.Text.RegularExpressions;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Tests.Data.Tasks;

public sealed partial class TaskCatalogTests
{
    /// <summary>Longer questions would not fit the small models that read single characters.</summary>
    private const int LongestQuestion = 400, LongestSolution = 1200;

    public static TheoryData<string> Names => [.. TaskCatalog.All.Select(task => task.Name)];

    [Fact]
    public void There_are_at_least_36_tasks_in_7_families_of_at_least_4()
    {
        Assert.True(TaskCatalog.All.Length >= 36, $"{TaskCatalog.All.Length}");

        var families = TaskCatalog.All.CountBy(task => task.Family).ToDictionary();
        Assert.Equal(Enum.GetValues<TaskFamily>().Order(), families.Keys.Order());
        Assert.True(families.Values.Count(count => count >= 4) >= 7);
    }

    [Fact]
    public void Families_stand_together() =>
        Assert.Equal(TaskCatalog.All.OrderBy(task => task.Family).Select(task => task.Name), TaskCatalog.All.Select(task => task.Name));

    [Fact]
    public void Names_differ_and_are_of_small_letters_digits_and_hyphens()
    {
        Assert.Equal(TaskCatalog.All.Length, TaskCatalog.All.DistinctBy(task => task.Name).Count());
        Assert.All(TaskCatalog.All, task => Assert.Matches(KebabCase(), task.Name));
    }

    [Fact]
    public void No_two_tasks_ask_in_the_same_words()
    {
        // A model that is trained on all of them must see from the question what is asked. Judges quote what they judge.
        var forms = TaskCatalog.All.Where(task => task.Family != TaskFamily.Judging && task.Name != "say-preferred").SelectMany(
            task => Enumerable.Range(0, 24)
                .Select(index => Letters().Match(task.Generate(index % 2 == 0 ? 1 : task.MaxDifficulty, 3, index).Question).Value)
                .Where(word => word.Length > 1)
                .Distinct());

        Assert.DoesNotContain(forms.CountBy(word => word), pair => pair.Value > 1);
    }

    /// <summary>Runs that were recorded, and the examples' figures, stand on these problems.</summary>
    [Theory]
    [InlineData("addition", 0xAC0EFC9E5BA74265UL)]
    [InlineData("multiplication", 0x8593D76838084FCCUL)]
    [InlineData("modular", 0xE81FDB08871B6F1BUL)]
    [InlineData("linear-equation", 0xADD8940851DE13E7UL)]
    [InlineData("countdown", 0x34E50333ABF438E4UL)]
    [InlineData("sequence", 0x183B5042E76209D4UL)]
    public void The_first_tasks_problems_stay_as_they_were(string name, ulong expected)
    {
        var task = TaskCatalog.Find(name);
        var hash = 0UL;
        for (var difficulty = 1; difficulty <= task.MaxDifficulty; difficulty++)
        {
            for (var index = 0; index < 200; index++)
                hash = AddressedRandom.Derive(hash, task.Generate(difficulty, (ulong)difficulty, index).ToString());
        }

        Assert.Equal(expected, hash);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Instructions_show_a_question_and_say_how_answers_are_written(string name)
    {
        var task = TaskCatalog.Find(name);

        Assert.StartsWith("A question such as ", task.Instructions);
        Assert.Contains("= ", task.Instructions);
        Assert.Contains("he answer is", task.Instructions);
        Assert.EndsWith(task.Family == TaskFamily.Programs ? "The response is the program and nothing else." : "what follows the last semicolon is judged.", task.Instructions);
        Assert.Equal(task.Example(), task.Generate(1, seed: 1, index: 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Problems_grow_with_difficulty_and_stay_within_bounds(string name)
    {
        var task = TaskCatalog.Find(name);
        var lengths = Enumerable.Range(1, task.MaxDifficulty).Select(difficulty => Enumerable.Range(0, 25).Average(index =>
        {
            var problem = task.Generate(difficulty, seed: 2, index);
            Assert.InRange(problem.Question.Length, 1, LongestQuestion);
            Assert.InRange(problem.WorkedSolution.Length, 1, LongestSolution);
            return problem.Question.Length + problem.WorkedSolution.Length;
        })).ToList();

        Assert.All(lengths.Zip(lengths.Skip(1)), pair => Assert.True(pair.Second > 0.95 * pair.First, string.Join(", ", lengths)));
        Assert.True(lengths[^1] > 1.2 * lengths[0], string.Join(", ", lengths));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void There_are_problems_enough_to_hold_some_out(string name)
    {
        var task = TaskCatalog.Find(name);
        var questions = Enumerable.Range(0, 400).Select(index => task.Generate(1, seed: 4, index).Question).Distinct();

        Assert.InRange(questions.Count(), 75, 400);
    }

    [Fact]
    public void The_manual_is_current() =>
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "tasks.md")), TaskManual.Generate());

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[a-z]+")]
    private static partial Regex Letters();
}
