namespace SeedOrleans.Engine.Tests.Specs;

public sealed class SpecOverridesTests
{
    [Fact]
    public void An_override_has_the_last_word_on_its_key()
    {
        var spec = SpecText.Parse(
            SpecText.Valid, "training.steps=50", "training.steps=60", "data.train.0.difficulty=3", "training.optimizer.learning_rate=3e-4", "name=2024").Spec!;

        Assert.Equal(60, spec.Training.Steps);
        Assert.Equal(3, spec.Data.Train[0].Difficulty);
        Assert.Equal(3e-4, spec.Training.Optimizer.LearningRate);
        Assert.Equal("2024", spec.Name);
    }

    [Fact]
    public void An_override_makes_the_sections_it_needs() =>
        Assert.Equal(7, SpecText.Parse(SpecText.Valid, "cold_start.steps=7").Spec!.ColdStart!.Steps);

    [Fact]
    public void Null_takes_an_optional_key_away() =>
        Assert.Null(SpecText.Parse(SpecText.Valid + "\ncold_start:\n  steps: 5\n", "cold_start=null").Spec!.ColdStart);

    [Fact]
    public void A_list_is_written_as_yaml() =>
        Assert.Equal(
            ["countdown", "addition"],
            SpecText.Parse(SpecText.Valid, "data.train=[{task: countdown}, {task: addition}]").Spec!.Data.Train.Select(source => source.Task));

    [Theory]
    [InlineData("training.steps", "training.steps", "key.path=value")]
    [InlineData("=5", "", "key.path=value")]
    [InlineData("training..steps=5", "training..steps", "key.path=value")]
    [InlineData("training.stepz=5", "training.stepz", "did you mean 'steps'")]
    [InlineData("training.steps=", "training.steps", "has no value")]
    [InlineData("training.steps=many", "training.steps", "a whole number")]
    [InlineData("training.steps.more=5", "training.steps.more", "single value")]
    [InlineData("data.train.1.count=5", "data.train.1.count", "1 items")]
    [InlineData("data.train=[", "", "not YAML")]
    public void A_bad_override_is_refused_with_the_command_line_as_its_place(string text, string key, string words)
    {
        var error = Assert.Single(SpecText.Parse(SpecText.Valid, text).Errors);

        Assert.Equal(("command line", 0, key), (error.File, error.Line, error.Key));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
