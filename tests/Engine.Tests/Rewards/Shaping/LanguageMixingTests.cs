using SeedOrleans.Engine.Rewards.Shaping;

namespace SeedOrleans.Engine.Tests.Rewards.Shaping;

public sealed class LanguageMixingTests
{
    [Theory]
    [InlineData("What is 2+2?", "It is 4.", 0)]
    [InlineData("What is 2+2?", "It is 四十", 2.0 / 6)]
    [InlineData("二加二等于几?", "四", 0)]
    [InlineData("二加二等于几? Answer", "four 四", 0)]
    [InlineData("二加二等于几?", "four", 1)]
    [InlineData("Сколько будет?", "это four", 4.0 / 7)]
    [InlineData("What is α+β?", "α+β is π", 0)] // Greek letters are mathematics
    [InlineData("2+2=", "four", 0)] // a question without letters is of no language
    [InlineData("What is 2+2?", "4", 0)]
    [InlineData("물음", "답 answer", 6.0 / 7)]
    [InlineData("これは何?", "漢字です", 0)]
    public void Is_the_share_of_letters_of_other_writing_systems(string question, string response, double expected) =>
        Assert.Equal(expected, LanguageMixing.Of(question, response), 12);
}
