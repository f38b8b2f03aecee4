using System.Globalization;
using System.Numerics;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Engine.Tests.Data.Tasks;

public sealed class TaskTests
{
    public static TheoryData<string> Names => [.. TaskCatalog.All.Select(task => task.Name)];

    [Fact]
    public void Addition_shows_carries() =>
        Assert.Contains(Problems("addition", 3), problem => problem.WorkedSolution.Contains("+1="));

    [Fact]
    public void Addition_adds() =>
        Assert.All(Problems("addition", 7), problem =>
        {
            var numbers = problem.Question.TrimEnd('=').Split('+');
            Assert.All(numbers, number => Assert.Equal(7, number.Length));
            Assert.Equal(Number(numbers[0]) + Number(numbers[1]), Number(problem.GroundTruth));
        });

    [Fact]
    public void Multiplication_multiplies() =>
        Assert.All(Problems("multiplication", 5), problem =>
        {
            var numbers = problem.Question.TrimEnd('=').Split('*');
            Assert.Equal(Number(numbers[0]) * Number(numbers[1]), Number(problem.GroundTruth));
        });

    [Fact]
    public void Modular_answers_are_remainders() =>
        Assert.All(Problems("modular", 2), problem =>
        {
            // "(47+38)%7="
            var modulus = problem.Question[^2] - '0';
            var inside = problem.Question[1..problem.Question.IndexOf(')')];
            var sign = inside.IndexOfAny(['+', '-', '*']);
            int left = (int)Number(inside[..sign]), right = (int)Number(inside[(sign + 1)..]);
            var result = inside[sign] switch { '+' => left + right, '-' => left - right, _ => left * right };
            var answer = (int)Number(problem.GroundTruth);

            Assert.InRange(answer, 0, modulus - 1);
            Assert.Equal(0, (result - answer) % modulus);
        });

    [Fact]
    public void Linear_equations_hold() =>
        Assert.All(Problems("linear-equation", 2), problem =>
        {
            // "3x+5=20,x="
            var equation = problem.Question[..problem.Question.IndexOf(',')].Split('x', '=');
            Assert.Equal(
                Number(equation[2]), Number(equation[0]) * Number(problem.GroundTruth) + Number(equation[1]));
        });

    [Fact]
    public void Sequences_are_sorted_reversed_and_counted() =>
        Assert.All(Problems("sequence", 4), problem =>
        {
            var parts = problem.Question.TrimEnd('=').Split(':');
            Assert.Equal(6, parts[1].Length);
            var expected = parts[0] switch
            {
                "sort" => string.Concat(parts[1].OrderBy(symbol => symbol)),
                "reverse" => string.Concat(parts[1].Reverse()),
                _ => parts[1].Count(symbol => symbol == parts[0][^1]).ToString(CultureInfo.InvariantCulture),
            };
            Assert.Equal(expected, problem.GroundTruth);
        });

    [Fact]
    public void Countdown_gives_one_number_more_than_its_difficulty() =>
        Assert.All(Problems("countdown", 3), problem => Assert.Equal(4, problem.GroundTruth.Split('>')[0].Split(',').Length));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_address_holds_the_same_problem(string name)
    {
        var task = TaskCatalog.Find(name);

        Assert.Equal(task.Generate(2, 7, 3), task.Generate(2, 7, 3));
        Assert.NotEqual(task.Generate(2, 7, 3).Question, task.Generate(2, 8, 3).Question);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Problems_keep_to_the_alphabet_and_the_convention(string name)
    {
        var task = TaskCatalog.Find(name);
        for (var difficulty = 1; difficulty <= task.MaxDifficulty; difficulty++)
        {
            Assert.All(Problems(name, difficulty).Take(30), problem =>
            {
                Assert.Equal("", string.Concat((problem.Question + problem.WorkedSolution).Except(task.Alphabet)));
                Assert.EndsWith("=", problem.Question);
                Assert.Equal(1, problem.WorkedSolution.Count(symbol => symbol == ';'));
            });
        }
    }

    [Fact]
    public void Steps_of_addition_are_true_and_their_last_digits_spell_the_answer() =>
        Assert.All(Problems("addition", 4), problem =>
        {
            var steps = problem.WorkedSolution.Split(';')[0].Split(',').Select(step => step.Split('=')).ToList();
            Assert.All(steps, step => Assert.Equal(step[0].Split('+').Aggregate(BigInteger.Zero, (sum, part) => sum + Number(part)), Number(step[1])));
            Assert.Equal(
                problem.GroundTruth, steps[^1][1] + string.Concat(steps.SkipLast(1).Reverse().Select(step => step[1][^1])));
        });

    [Fact]
    public void A_misspelled_task_is_refused_with_the_nearest_name()
    {
        var refusal = Assert.Throws<UnknownTaskException>(() => TaskCatalog.Find("additon"));

        Assert.Equal("addition", refusal.NearestName);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Difficulties_out_of_range_are_refused(string name)
    {
        var task = TaskCatalog.Find(name);

        Assert.Throws<ArgumentOutOfRangeException>(() => task.Generate(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Generate(task.MaxDifficulty + 1, 1, 0));
    }

    private static IEnumerable<Problem> Problems(string name, int difficulty) =>
        Enumerable.Range(0, 200).Select(index => TaskCatalog.Find(name).Generate(difficulty, seed: 11, index));

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);
}
