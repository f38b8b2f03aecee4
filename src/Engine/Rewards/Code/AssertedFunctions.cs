using System.Diagnostics;
using System.Text.Json;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>
/// A program's Python functions, and statements that test them: the program in one sandbox, the tests, with all that they expect, in another. Calls and
/// results pass between the two as data, line by line through this process, so a program can neither read what is expected nor change what compares.
/// </summary>
internal sealed class AssertedFunctions(Sandbox sandbox)
{
    /// <exception cref="CheckerFailedException">The tests themselves do not run.</exception>
    public async Task<IReadOnlyList<TestResult>> RunAsync(string program, CodeProblem problem, CancellationToken cancellationToken)
    {
        using var candidate = Folder("functions.py", ("program.py", program));
        using var tests = Folder("asserts.py", ("asserts.json", JsonSerializer.Serialize(new { setup = problem.AssertSetup, asserts = problem.Asserts })));
        return await sandbox.HoldPlaceAsync(async starter =>
        {
            await using var functions = await StartAsync(starter, candidate, problem.Limits, "functions.py", cancellationToken);
            await using var asserts = await StartAsync(starter, tests, SandboxLimits.Default, "asserts.py", cancellationToken);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(problem.Limits.WallTime);
            try
            {
                return await TalkAsync(functions, asserts, problem, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return [new TestResult(CodeVerdict.TimeLimit, "It did not come to an end.", problem.Limits.WallTime)];
            }
        }, cancellationToken);
    }

    private static async Task<SandboxedTalk> StartAsync(
        IProgramStarter starter, ProgramFolder folder, SandboxLimits limits, string driver, CancellationToken cancellationToken) =>
        new(await starter.StartAsync(folder, limits, ProgramFolder.Python(driver), cancellationToken), limits);

    private static ProgramFolder Folder(string driver, (string Name, string Text) file)
    {
        var folder = new ProgramFolder();
        folder.Add("values.py", Drivers.Read("values.py"));
        folder.Add(driver, Drivers.Read(driver));
        folder.Add(file.Name, file.Text);
        return folder;
    }

    private static async Task<IReadOnlyList<TestResult>> TalkAsync(SandboxedTalk functions, SandboxedTalk asserts, CodeProblem problem, CancellationToken cancellationToken)
    {
        List<TestResult> results = [];
        if (await functions.ReadAsync(cancellationToken) is not { } ready || Member(ready, "ready") is null)
            return [await EndAsync(functions, TimeSpan.Zero)];

        var start = Stopwatch.GetTimestamp();
        while (results.Count < problem.Asserts.Length && await asserts.ReadAsync(cancellationToken) is { } line)
        {
            if (Member(line, "broken") is { } broken)
                throw new CheckerFailedException($"{broken}");

            if (Member(line, "passed") is { } passed)
            {
                results.Add(ResultOf(line, passed, Stopwatch.GetElapsedTime(start)));
                start = Stopwatch.GetTimestamp();
                if (problem.StopsAtFirst && !results[^1].IsAccepted)
                    break;

                continue;
            }

            if (!await functions.WriteAsync(line, cancellationToken) || await functions.ReadAsync(cancellationToken) is not { } answer)
            {
                results.Add(await EndAsync(functions, Stopwatch.GetElapsedTime(start)));
                break;
            }

            await asserts.WriteAsync(answer, cancellationToken);
        }

        // Tests that fell silent were silenced by what they were answered, unless their sandbox died, which their end tells.
        if (results.Count < problem.Asserts.Length && results.All(result => result.IsAccepted))
        {
            await asserts.EndAsync(TimeSpan.Zero);
            results.Add(new TestResult(CodeVerdict.RuntimeError, "The result could not be read.", Stopwatch.GetElapsedTime(start)));
        }

        return results;
    }

    private static TestResult ResultOf(string line, JsonElement passed, TimeSpan time) => passed.ValueKind == JsonValueKind.True
        ? new TestResult(CodeVerdict.Accepted, "", time)
        : new TestResult(
            $"{Member(line, "kind")}" == "wrong" ? CodeVerdict.WrongAnswer
            : $"{Member(line, "text")}".StartsWith("MemoryError", StringComparison.Ordinal) ? CodeVerdict.MemoryLimit
            : CodeVerdict.RuntimeError,
            $"{Member(line, "text")}", time);

    /// <returns>Why a program says no more.</returns>
    private static async Task<TestResult> EndAsync(SandboxedTalk functions, TimeSpan time)
    {
        var outcome = await functions.EndAsync(time);
        var note = functions.LastLine is { } last && Member(last, "error") is { } error ? $"{error}: {Member(last, "text")}" : Verdicts.Note(outcome);
        return new TestResult(
            Verdicts.IsSyntaxError(note) ? CodeVerdict.CompileError : Verdicts.Of(outcome) ?? CodeVerdict.RuntimeError, note, time);
    }

    private static JsonElement? Member(string line, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
