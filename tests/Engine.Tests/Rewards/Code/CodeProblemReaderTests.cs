using SeedOrleans.Engine.Rewards.Code;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

public sealed class CodeProblemReaderTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("""{"inputs": ["1", "2"], "outputs": ["2", "4"]}""")]
    [InlineData("""{"tests": [{"input": "1", "output": "2"}, {"input": "2", "output": "4"}]}""")]
    [InlineData("""[{"input": "1", "output": "2"}, {"input": "2", "output": "4"}]""")]
    public void Inputs_and_outputs_are_tests(string reference) =>
        Assert.Equal([new CodeTest("1", "2"), new CodeTest("2", "4")], CodeProblemReader.Read(reference).Tests);

    [Theory]
    [InlineData("""{"asserts": ["assert f(1) == 2", "assert f(2) == 4"]}""", 2)]
    [InlineData("""{"assert_case": ["assert f(1) == 2"], "setup": "import math"}""", 1)]
    [InlineData("assert f(1) == 2\nassert f(2) == 4\n", 2)]
    [InlineData("x = 1\nassert f(x) == 2\n", 1)]
    public void Statements_are_tests(string reference, int count) =>
        Assert.Equal(count, CodeProblemReader.Read(reference).Asserts.Length);

    [Theory]
    [InlineData("""{"fn_name": "join", "inputs": [["a\n\"é'", [1, null, true, 2.5]]], "outputs": [[["a\n\"é'", [1, null, true, 2.5]]]]}""")]
    [InlineData("""{"fn_name": "join", "inputs": ["\"a\"\n[1, null]"], "outputs": ["[[\"a\", [1, null]]]"]}""")]
    public async Task Functions_are_called_with_what_json_says(string reference)
    {
        var judgement = await fixture.JudgeAsync(CodeProblemReader.Read(reference), "def join(text, items): return [[text, items]]");

        Assert.True(judgement.IsCorrect, judgement.Results[0].Note);
        Assert.False((await fixture.JudgeAsync(CodeProblemReader.Read(reference), "def join(text, items): return [text, items]")).IsCorrect);
    }

    [Fact]
    public void Limits_and_language_stand_beside_the_tests()
    {
        var problem = CodeProblemReader.Read("""{"inputs": ["1"], "outputs": ["2"], "language": "cpp", "time_limit": 1.5, "memory_limit": 64, "tolerance": 0.001}""");

        Assert.Equal((CodeLanguage.Cpp, 1.5, 64L << 20, 0.001), (problem.Language, problem.Limits.CpuTime.TotalSeconds, problem.Limits.MemoryBytes, problem.Tolerance));
    }

    [Theory]
    [InlineData("", "neither JSON")]
    [InlineData("42", "neither JSON")]
    [InlineData("{}", "no test")]
    [InlineData("[]", "no test")]
    [InlineData("{", "")]
    [InlineData("""{"inputs": ["1"], "outputs": []}""", "1 inputs and 0 outputs")]
    [InlineData("""{"inputs": [1], "outputs": [2]}""", "no fn_name")]
    [InlineData("""{"imputs": ["1"], "outputs": ["2"]}""", "imputs")]
    [InlineData("""{"inputs": ["1"], "outputs": ["2"], "language": "cobol"}""", "")]
    public void What_is_no_test_is_refused(string reference, string why) =>
        Assert.Contains(why, Assert.Throws<CodeProblemFormatException>(() => CodeProblemReader.Read(reference)).Message, StringComparison.Ordinal);
}
