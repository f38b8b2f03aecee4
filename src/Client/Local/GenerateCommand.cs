using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Client.Local;

/// <summary><c>seed generate</c>: what a model says to a prompt.</summary>
internal static class GenerateCommand
{
    public static Command Create(CommandServices services)
    {
        var (model, dtype, json) = (LocalParts.Model(), LocalParts.Dtype(), CommandParts.Json());
        var prompt = new Option<string>("--prompt") { Description = "The text to go on from.", HelpName = "TEXT", Required = true };
        var chat = new Option<bool>("--chat") { Description = "Ask the prompt as a user's message, in ChatML." };
        var count = Number("--count", 1, 1, "Responses.");
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Most tokens of a response; left out, 256 or what the context leaves.", HelpName = "N" };
        var topK = Number("--top-k", 0, 0, "Keep so many most likely tokens; 0 keeps all.");
        var temperature = Fraction("--temperature", "Divides the logits; 0 takes the most likely token.", value => value >= 0, "at least 0");
        var topP = Fraction("--top-p", "Keep the most likely tokens that add up to this.", value => value is > 0 and <= 1, "more than 0 and at most 1");
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same responses.", HelpName = "N" };
        AtLeast(maxTokens, 1);

        var command = new Command("generate", "Print what a model says to a prompt.")
        {
            model, prompt, chat, count, maxTokens, temperature, topP, topK, seed, dtype, json,
        };

        // On this thread from end to end, since libtorch's threads belong to the one that asked for them.
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = parsed.GetRequiredValue(model);
            var tokenizer = TokenizerFile.Load(folder);
            var text = parsed.GetRequiredValue(prompt);
            var tokens = parsed.GetValue(chat) ? ChatMl.Encode(tokenizer, text) : tokenizer.Encode(text);
            using var opened = LocalModel.Open(folder, ModelConfig.TypeOf(parsed.GetValue(dtype)), tokenizer.VocabularySize);

            var sampling = new SamplingParameters
            {
                Temperature = parsed.GetRequiredValue(temperature),
                TopP = parsed.GetRequiredValue(topP),
                TopK = parsed.GetRequiredValue(topK),
                MaxResponseTokens = ResponseRoom.Of(tokens, opened.Policy, parsed.GetValue(maxTokens)),
                StopTokens = [.. opened.Policy.Config.EosTokenIds.Append(tokenizer.EndOfText).Distinct()],
            };
            var responses = new PromptSampler(opened.Policy)
                .Sample(tokens, sampling, parsed.GetRequiredValue(count), parsed.GetValue(seed), cancellationToken);

            new ResponsePrinter(services.Console, tokenizer, parsed.GetValue(json)).Print(responses);
            return Task.FromResult(ExitCode.Fine);
        });

        return command;
    }

    private static Option<int> Number(string name, int usual, int least, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };
        AtLeast(option, least);
        return option;
    }

    private static void AtLeast<T>(Option<T> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<T>() is int number && number < least)
            result.AddError($"{option.Name} is {number}; it must be at least {least}.");
    });

    private static Option<double> Fraction(string name, string description, Func<double, bool> isSound, string range)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => 1, HelpName = "X" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is var value && !(double.IsFinite(value) && isSound(value)))
                result.AddError($"{name} is {value}; it must be {range}.");
        });

        return option;
    }
}
