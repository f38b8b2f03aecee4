using SeedOrleans.Engine.Rewards.Shaping;
using SeedOrleans.Engine.Tests.Algorithms;

namespace SeedOrleans.Engine.Tests.Rewards.Shaping;

public sealed class TraitReaderTests
{
    [Fact]
    public void Worked_example()
    {
        var prompt = Groups.Of(Groups.Response(1)).Prompt with { Question = "What is it?" };

        var traits = TraitReader.Read(prompt, [.. Enumerable.Repeat(3, 9)], "that: что");
        Assert.Equal((0.5, 3.0 / 7, false), (traits.Repetition, traits.LanguageMixing, traits.IsRestatement));
        Assert.True(TraitReader.Read(prompt, [1], "What is it?").IsRestatement);
    }
}
