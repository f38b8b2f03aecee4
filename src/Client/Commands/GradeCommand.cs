using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SeedOrleans.Client.Grading;
using SeedOrleans.Client.Local;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed grade</c>: what a verifier makes of responses, without a run.</summary>
internal static class GradeCommand
{
    public static Command Create(CommandServices services)
    {
        var (mathematics, judges) = (new MathematicsGraderKind(), new JudgeModelOptions());
        IGraderKind[] kinds =
        [
            mathematics, new CodeGraderKind(), new LogicGraderKind(),
            new JudgeGraderKind(judges, mathematics, services.Time), new PairwiseGraderKind(judges, services.Time),
        ];
        var file = LocalParts.Lines("""{"id","question","reference","response"}""");
        var output = new Option<string?>("--out") { Description = "Where to print; left out, standard output.", HelpName = "FILE" };
        var kind = Kind(kinds);
        var command = new Command("grade", "Print what a verifier makes of responses.") { kind, file, output };
        foreach (var option in kinds.SelectMany(offered => offered.Options).Distinct())
            command.Add(option);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var lines = new JsonLines(parsed.GetRequiredValue(file), GradeLines.Example);
            using var grader = parsed.GetRequiredValue(kind).Create(parsed);
            await using var input = lines.Open(services.Console);
            await using var written = parsed.GetValue(output) is { } place ? Create(place) : null;
            var failed = 0;
            await foreach (var graded in GradeAsync(grader, new GradeLines(lines, grader.TakesJson, grader.TakesGroups).Read(input), cancellationToken))
            {
                failed += graded.Failed;
                await (written ?? services.Console.Output).WriteAsync(graded.Text);
            }

            return failed == 0 ? ExitCode.Fine
                : throw new CommandFailedException(ExitCode.RunFailed, $"{failed} responses could not be graded; their lines say why.");
        });

        return command;
    }

    /// <summary>In the order of the lines. Where one cannot be graded, those before it are.</summary>
    private static async IAsyncEnumerable<(string Text, int Failed)> GradeAsync(
        IGrader grader, IEnumerable<GradeLine> lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<Task<(string, int)>> underWay = [];
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            foreach (var line in lines)
            {
                underWay.Enqueue(OneAsync(line));
                if (underWay.Count == grader.AtOnce)
                    yield return await underWay.Dequeue();
            }

            while (underWay.TryDequeue(out var graded))
                yield return await graded;
        }
        finally
        {
            await ended.CancelAsync();
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<(string, int)> OneAsync(GradeLine line)
        {
            ended.Token.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            ImmutableArray<Grade> grades = line.Responses.IsEmpty ? [await grader.GradeAsync(line, ended.Token)] : await grader.GradeGroupAsync(line, ended.Token);
            var time = Stopwatch.GetElapsedTime(start);
            var text = string.Concat(grades.Select((grade, place) => Line(line.Responses.IsEmpty ? line.Id : MemberId(line.Id, place), grade, time) + Environment.NewLine));
            return (text, grades.Count(grade => grade.HasFailed));
        }
    }

    private static Option<IGraderKind> Kind(IGraderKind[] kinds) => new("--kind")
    {
        Description = "Which verifier.",
        HelpName = string.Join('|', kinds.Select(kind => kind.Name)),
        Required = true,
        CustomParser = result =>
        {
            var name = result.Tokens.Single().Value;
            var kind = Array.Find(kinds, kind => kind.Name == name);
            if (kind is null)
                result.AddError($"--kind '{HostileText.OneLine(name, 40)}' is not known; write {string.Join(" or ", kinds.Select(offered => offered.Name))}.");

            return kind;
        },
    };

    private static StreamWriter Create(string file)
    {
        try
        {
            return new StreamWriter(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file} cannot be written ({failure.Message.TrimEnd('.')}); give another --out.");
        }
    }

    /// <returns><c>"ID#PLACE"</c>, from 0.</returns>
    private static string MemberId(string id, int place) => string.Create(CultureInfo.InvariantCulture, $"\"{id.Trim('"')}#{place}\"");

    private static string Line(string id, Grade grade, TimeSpan time) => RunJson.Write(json =>
    {
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteNumber("reward", grade.Reward);
        json.WriteBoolean("correct", grade.Correct);
        json.WriteString("verdict", grade.Verdict);
        json.WriteString("reason", grade.Reason);
        json.WriteString("extracted", grade.Extracted);
        json.WriteNumber("ms", Math.Round(time.TotalMilliseconds, 3));
    });
}
