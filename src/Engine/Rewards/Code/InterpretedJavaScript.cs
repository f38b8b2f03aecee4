using System.Diagnostics;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>JavaScript in an interpreter that knows nothing of files, network or .NET: the judge of machines that cannot isolate processes.</summary>
/// <remarks>A program reads with <c>readline()</c> (undefined at the end) or <c>input</c>, the whole of it, and writes with <c>print</c> or <c>console.log</c>.</remarks>
internal sealed class InterpretedJavaScript(string program, CodeProblem problem)
{
    private const int MaxDepth = 400;

    public TestResult Run(CodeTest test, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var output = new StringBuilder();
        try
        {
            using var engine = new Jint.Engine(options => options
                .Strict(false)
                .LimitMemory(problem.Limits.MemoryBytes)
                .LimitRecursion(MaxDepth)
                .TimeoutInterval(problem.Limits.CpuTime)
                .RegexTimeoutInterval(TimeSpan.FromSeconds(1))
                .CancellationToken(cancellationToken));
            var lines = new Queue<string>(test.Input.ReplaceLineEndings("\n").Split('\n'));
            engine.SetValue("input", test.Input);
            engine.SetValue("readline", new Func<JsValue>(() => lines.TryDequeue(out var line) ? line : JsValue.Undefined));
            engine.SetValue("print", new Action<JsValue[]>(Write));
            engine.Execute("const console = { log: (...words) => print(...words) };");
            engine.Execute(Jint.Engine.PrepareScript(program));
        }
        catch (Exception failure) when (VerdictOf(failure) is { } verdict)
        {
            return new TestResult(verdict, failure.Message, Stopwatch.GetElapsedTime(start));
        }

        var isRight = OutputComparison.AreEqual(Encoding.UTF8.GetBytes(output.ToString()), test.Expected, problem.Tolerance);
        return new TestResult(isRight ? CodeVerdict.Accepted : CodeVerdict.WrongAnswer, isRight ? "" : "The output is not right.", Stopwatch.GetElapsedTime(start));

        void Write(params JsValue[] words)
        {
            output.AppendJoin(' ', words.Select(word => word.ToString())).Append('\n');
            if (output.Length > problem.Limits.OutputBytes)
                throw new OutputTooLongException();
        }
    }

    private static CodeVerdict? VerdictOf(Exception failure) => failure switch
    {
        OutputTooLongException => CodeVerdict.OutputLimit,
        MemoryLimitExceededException => CodeVerdict.MemoryLimit,
        TimeoutException => CodeVerdict.TimeLimit,
        ScriptPreparationException => CodeVerdict.CompileError,
        JavaScriptException or RecursionDepthOverflowException or System.Text.RegularExpressions.RegexMatchTimeoutException => CodeVerdict.RuntimeError,
        JintException => CodeVerdict.RuntimeError,
        _ => null,
    };

    private sealed class OutputTooLongException : Exception;
}
