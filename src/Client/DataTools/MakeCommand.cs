using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Local;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data make</c>: worked solutions for a cold start, sampled from a policy and kept where they are right.</summary>
internal static class MakeCommand
{
    public static Command Create(CommandServices services)
    {
        var (model, dtype, output, json) = (LocalParts.Model(), LocalParts.Dtype(), DataParts.Out(), CommandParts.Json());
        var file = new Argument<string?>("file") { Description = "Questions: .jsonl or .parquet; or give --task.", Arity = ArgumentArity.ZeroOrOne };
        var task = new Option<string?>("--task") { Description = "Ask a generated task's problems; seed tasks lists them.", HelpName = "NAME" };
        var difficulty = NumberOptions.Of("--difficulty", "Of the task's problems, from 1.", 1, 99, 1, "D");
        var count = NumberOptions.Of("--count", "How many of the task's problems.", 1, 1_000_000, 256);
        var samples = NumberOptions.Of("--samples", "Responses to each question.", 1, 4096, 8);
        var temperature = NumberOptions.Of("--temperature", "Divides the logits; 0 takes the most likely token.", 0.0, 100, 1, "T");
        var keep = NumberOptions.Of("--keep", "Most solutions of one question.", 1, 4096, 1, "K");
        var seed = NumberOptions.Of("--seed", "The same seed gives the same file.", 0UL, ulong.MaxValue, 1UL, "S");
        var longest = NumberOptions.Optional("--max-response-tokens", "Most tokens of a response; left out, 256 or what the context leaves.", 1, int.MaxValue, "M");
        var template = WordOptions.Of<PromptTemplate>("--template", "How a question becomes a prompt.");
        var command = new Command("make", "Make worked solutions by sampling from a policy and keeping what is right.")
        {
            file, task, difficulty, count, model, output, samples, temperature, keep, seed, longest, template, dtype, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (input, named) = (parsed.GetValue(file), parsed.GetValue(task));
            ImmutableArray<MadeQuestion> questions = (input, named) switch
            {
                ({ } questioned, null) => [.. MadeQuestion.Of(await DataTable.ReadGoodAsync(questioned, cancellationToken))],
                (null, { } asked) => Draw(asked, parsed.GetValue(difficulty), parsed.GetValue(count), parsed.GetValue(seed)),
                _ => throw new CommandFailedException(ExitCode.Usage, "Give either a file of questions or --task."),
            };
            if (questions.FirstOrDefault(question => !RowJudge.CanJudge(question.Row.RewardStyle)) is { } unjudged)
                throw new CommandFailedException(
                    ExitCode.Usage, $"{unjudged.Place}: responses to style \"{HostileText.OneLine(unjudged.Row.RewardStyle, 60)}\" are judged by no rule, and only rules choose solutions here; leave such rows out.");

            using var rows = OutputFile.Create(parsed.GetRequiredValue(output), output.Name, input is null ? [] : [input]);

            // On one thread from opening to the last token, since libtorch's threads belong to the one that asked for them.
            var responses = Sample(questions);
            using var judge = new RowJudge();
            var selected = await new RejectionSampling(judge, parsed.GetValue(keep)).SelectAsync(questions, responses, cancellationToken);
            foreach (var (question, (solutions, _)) in questions.Zip(selected))
                foreach (var solution in solutions)
                    rows.Write(question.With(solution));

            rows.Keep();
            Print(services.Console, selected, parsed.GetValue(samples), parsed.GetRequiredValue(output), parsed.GetValue(json));
            return ExitCode.Fine;

            ImmutableArray<SampledText>[] Sample(ImmutableArray<MadeQuestion> asked)
            {
                var tokenizer = TokenizerFile.Load(parsed.GetRequiredValue(model));
                using var opened = LocalModel.Open(parsed.GetRequiredValue(model), ModelConfig.TypeOf(parsed.GetValue(dtype)), tokenizer.VocabularySize);
                return new QuestionSampler(opened.Policy, tokenizer, parsed.GetValue(template)).Sample(
                    asked, parsed.GetValue(samples), parsed.GetValue(temperature), parsed.GetValue(longest), parsed.GetValue(seed), cancellationToken);
            }
        });

        return command;
    }

    private static ImmutableArray<MadeQuestion> Draw(string name, int difficulty, int count, ulong seed)
    {
        try
        {
            var task = TaskCatalog.Find(name);
            return difficulty <= task.MaxDifficulty
                ? MadeQuestion.Of(task, difficulty, count, seed)
                : throw new CommandFailedException(ExitCode.Usage, $"--difficulty: {difficulty} is more than the {task.MaxDifficulty} that {task.Name} goes to");
        }
        catch (Exception refusal) when (refusal is UnknownTaskException or TaskExhaustedException)
        {
            throw new CommandFailedException(ExitCode.Usage, refusal.Message);
        }
    }

    private static void Print(SeedConsole console, (ImmutableArray<string> Solutions, int Right)[] selected, int samples, string output, bool isJson)
    {
        var (responses, right) = ((long)selected.Length * samples, selected.Sum(question => (long)question.Right));
        var (solved, written) = (selected.Count(question => question.Right > 0), selected.Sum(question => question.Solutions.Length));
        if (isJson)
        {
            console.Output.WriteLine(RunJson.Write(json =>
            {
                json.WriteNumber("questions", selected.Length);
                json.WriteNumber("solved", solved);
                json.WriteNumber("responses", responses);
                json.WriteNumber("right", right);
                json.WriteNumber("written", written);
                json.WriteString("out", output);
            }));
            return;
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"responses  {right} of {responses} right and ended ({(double)right / responses:0.000})"));
        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"questions  {solved} of {selected.Length} with a right one ({(double)solved / selected.Length:0.000})"));
        console.Output.WriteLine($"{output}: {written} rows.");
    }
}
