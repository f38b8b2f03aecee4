using System.Text;
using SeedOrleans.Client.Commands;
using Spectre.Console.Testing;

namespace SeedOrleans.Client.Tests.Commands;

/// <summary>Runs the whole command line over fakes, and keeps what it printed.</summary>
internal sealed class CommandRunner : IDisposable
{
    public const string Spec = """
        name: first
        model: {tokenizer: characters, shape: {hidden_size: 64, layers: 2, attention_heads: 4, key_value_heads: 2, intermediate_size: 64, context: 64}}
        data: {max_prompt_tokens: 16, train: [{task: addition}], evaluation: [{task: addition}]}
        cold_start: {steps: 5}
        rollout: {max_response_tokens: 32}
        training: {steps: 10, prompts_per_step: 8, group_size: 4}
        """;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public FakeCluster Cluster { get; } = new();

    public FakeSilos Silos { get; } = new();

    public CancellationTokenSource Interruption { get; } = new();

    public string SpecFile { get; } = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

    /// <summary>What standard input holds.</summary>
    public string Input { get; set; } = "";

    public bool IsTerminal { get; set; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<int> RunAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(SpecFile, Spec, TestContext.Current.CancellationToken);
        var console = new SeedConsole(() => new MemoryStream(Encoding.UTF8.GetBytes(Input)), _output, _error, IsTerminal, () => new TestConsole());

        return await new SeedCommandLine(new CommandServices(console, Cluster, Silos, TimeProvider.System))
            .RunAsync(arguments, Interruption.Token);
    }

    public void Dispose()
    {
        File.Delete(SpecFile);
        Interruption.Dispose();
    }
}
