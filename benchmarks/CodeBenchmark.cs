using System.Diagnostics;
using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Benchmarks;

/// <summary>How many trivial programs a second are judged, and what isolation costs: the same program bare, in the same rounds.</summary>
internal static class CodeBenchmark
{
    private const int Rounds = 5, Programs = 40, CompiledPrograms = 4;

    private const string Python = "print(int(input()) * 2)", Function = "def double(x): return 2 * x";

    private const string Cpp = "#include <iostream>\nint main() { int x; std::cin >> x; std::cout << 2 * x; }";

    public static async Task RunAsync()
    {
        using var sandbox = await Sandbox.OpenAsync();
        using var single = await Sandbox.OpenAsync(mode: SandboxMode.Single);
        Console.WriteLine($"Programs in the sandbox: {sandbox.Mode}; beside it: {single.Mode}.");
        var (verifier, slow) = (new CodeVerifier(sandbox), new CodeVerifier(single));
        var reading = new CodeProblem { Tests = [new CodeTest("21", "42")] };
        var asserting = new CodeProblem { Asserts = ["assert double(21) == 42"] };
        using var program = new ProgramFolder();
        program.Add("program.py", Python);
        (string Name, int Programs, Func<Task> Once)[] ways =
        [
            ("python3, bare", Programs, () => BareAsync("/usr/bin/python3", "-I", "-B", Path.Combine(program.Path, "program.py"))),
            ("true, in the sandbox", Programs, () => sandbox.RunAsync(null, default, SandboxLimits.Default, default, "/usr/bin/true")),
            ("true, in a bubblewrap of its own", Programs, () => single.RunAsync(null, default, SandboxLimits.Default, default, "/usr/bin/true")),
            ("Python, reads and writes", Programs, () => AcceptedAsync(verifier, reading, Python)),
            ("Python, in a bubblewrap of its own", Programs, () => AcceptedAsync(slow, reading, Python)),
            ("Python, a function and a test", Programs, () => AcceptedAsync(verifier, asserting, Function)),
            ("a function and a test, in bubblewraps of their own", Programs, () => AcceptedAsync(slow, asserting, Function)),
            ("C++, compiled", CompiledPrograms, () => AcceptedAsync(verifier, reading with { Language = CodeLanguage.Cpp }, Cpp)),
            ("JavaScript, interpreted", Programs, () => AcceptedAsync(verifier, reading with { Language = CodeLanguage.JavaScript }, "print(2 * readline())")),
        ];

        var rates = ways.Select(_ => new double[Rounds]).ToArray();
        var own = ways.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
            foreach (var (way, (_, programs, once)) in ways.Index())
            {
                var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                await Parallel.ForAsync(0, programs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (_, _) => await once());
                rates[way][round] = programs / Stopwatch.GetElapsedTime(start).TotalSeconds;
                own[way][round] = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / programs;
            }

        // What is left of a program's time is the program's and its sandbox's.
        var table = new Table("program", "a second", "worst", "ms each", "of that in this process");
        foreach (var ((name, _, _), rate, mine) in ways.Zip(rates, own))
            table.Add(name, Table.Number(Median(rate)), Table.Number(rate.Min()), Table.Number(1000 * Environment.ProcessorCount / Median(rate)), Table.Number(Median(mine)));
    }

    private static double Median(double[] values) => values.Order().ElementAt(Rounds / 2);

    private static async Task AcceptedAsync(CodeVerifier verifier, CodeProblem problem, string program)
    {
        var judgement = await verifier.JudgeAsync(problem, $"```\n{program}\n```", CancellationToken.None);
        if (!judgement.IsCorrect)
            throw new InvalidOperationException($"{judgement.Verdict}: {judgement.Results[0].Note}");
    }

    private static async Task BareAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync("21");
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
