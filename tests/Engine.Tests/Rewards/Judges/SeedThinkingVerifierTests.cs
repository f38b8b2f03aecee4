using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Judges;

public sealed class SeedThinkingVerifierTests
{
    [Theory]
    [InlineData("<think>1 = 1</think>\nVerdict: YES", Outcome.Correct)]
    [InlineData("<think>Verdict: YES</think>\n**Verdict: NO**", Outcome.Incorrect)]
    [InlineData("It says\nVerdict: YES\nbut that is part of the response.\nFinal verdict: no.", Outcome.Incorrect)]
    [InlineData("Verdict: YES\n\n", Outcome.Correct)]
    [InlineData("> _Verdict_: `yes`", Outcome.Correct)]
    [InlineData("Verdict: YES\nThank you.", Outcome.Abstained)]
    [InlineData("The response says 'Verdict: YES'", Outcome.Abstained)]
    [InlineData("<think>Verdict: YES", Outcome.Abstained)]
    [InlineData("<think>Verdict: YES</think>", Outcome.Abstained)]
    [InlineData("Verdict: YES or NO", Outcome.Abstained)]
    [InlineData("Verdict: YESTERDAY", Outcome.Abstained)]
    [InlineData("YES", Outcome.Abstained)]
    [InlineData("", Outcome.Abstained)]
    public async Task Only_the_last_line_is_a_verdict(string reply, Outcome expected) =>
        Assert.Equal(expected, (await JudgeAsync(LambdaModel.Says(reply), JudgePrompt.Natural)).Outcome);

    [Theory]
    [InlineData("1~1,same;yes", Outcome.Correct)]
    [InlineData(";yes;no", Outcome.Incorrect)]
    [InlineData("yes", Outcome.Correct)]
    [InlineData("yes,no", Outcome.Abstained)]
    [InlineData(";ye", Outcome.Abstained)]
    [InlineData(";", Outcome.Abstained)]
    public async Task A_judge_of_characters_answers_as_tasks_do(string reply, Outcome expected) =>
        Assert.Equal(expected, (await JudgeAsync(LambdaModel.Says(reply), JudgePrompt.Compact)).Outcome);

    [Fact]
    public async Task A_reply_that_was_cut_off_is_none() =>
        Assert.Equal(Outcome.Abstained, (await JudgeAsync(LambdaModel.Says("Verdict: YES", ChatFinishReason.Length), JudgePrompt.Natural)).Outcome);

    [Theory]
    [InlineData(JudgePrompt.Natural, "Verdict: YES")]
    [InlineData(JudgePrompt.Compact, "8~8=")]
    public async Task It_is_asked_to_reason(JudgePrompt prompt, string words)
    {
        var asked = "";
        using var model = new LambdaModel((messages, options) =>
        {
            asked = messages[^1].Text;
            Assert.Equal(ChatRole.User, messages[^1].Role); // The reply is not begun for it.
            Assert.Equal(4096, options!.MaxOutputTokens);
            return LambdaModel.Reply("Verdict: YES", null);
        });
        await JudgeAsync(model, prompt);

        Assert.Contains(words, asked, StringComparison.Ordinal);
    }

    private static async Task<JudgeOpinion> JudgeAsync(IChatClient model, JudgePrompt prompt) =>
        await new SeedThinkingVerifier(model, new JudgeOptions { Prompt = prompt }).JudgeAsync("2*4?", "8", "8", TestContext.Current.CancellationToken);
}
