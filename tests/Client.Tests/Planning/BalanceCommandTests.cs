using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;
using SeedOrleans.Client.Tests.Local;

namespace SeedOrleans.Client.Tests.Planning;

public sealed class BalanceCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    private JsonElement Printed => JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task Weights_are_dealt_as_they_are()
    {
        _seed.Input = "[4, 5, 6, 7, 8]";

        Assert.Equal(0, await BalanceAsync("--k", "2"));

        Assert.Equal([15, 15], Printed.GetProperty("loads").EnumerateArray().Select(load => load.GetDouble()));
        Assert.Equal(0, Printed.GetProperty("spread").GetDouble());
        Assert.Equal(Enumerable.Range(0, 5), Items().SelectMany(part => part).Order());
        Assert.True(Printed.GetProperty("ms").GetDouble() >= 0);
    }

    [Fact]
    public async Task Equal_parts_have_as_many_items()
    {
        _seed.Input = "[100, 1, 1, 1]";

        Assert.Equal(0, await BalanceAsync("--k", "2", "--equal"));

        Assert.All(Items(), part => Assert.Equal(2, part.Length));
    }

    /// <summary>A layer of the model meets a token with 16·8·2·(2+1) + 3·16·16 = 1536 elements, and attention is 16 wide: 48·s + s².</summary>
    [Fact]
    public async Task Lengths_become_workloads_of_a_model()
    {
        using var model = TinyModelFolder.Guessing("0123456789");
        _seed.Input = "[10, 2]";

        Assert.Equal(0, await BalanceAsync("--k", "2", "--model", model.Path));

        Assert.Equal([580, 100], Printed.GetProperty("loads").EnumerateArray().Select(load => load.GetDouble()).OrderDescending());
    }

    [Theory]
    [InlineData("", "is no JSON")]
    [InlineData("[1,", "is no JSON")]
    [InlineData("{}", "holds no JSON array")]
    [InlineData("[1, -2]", "has -2 in place 1")]
    [InlineData("[1, \"2\"]", "has \"2\" in place 1")]
    [InlineData("[1e999]", "in place 0")]
    [InlineData("[1e308, 1e308]", "too large to be added up")]
    public async Task What_are_no_weights_is_named(string input, string named)
    {
        _seed.Input = input;

        Assert.Equal(ExitCode.Usage, await BalanceAsync("--k", "2"));

        Assert.Contains(named, _seed.Error, StringComparison.Ordinal);
        Assert.Empty(_seed.Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("many")]
    public async Task There_must_be_a_part(string parts)
    {
        _seed.Input = "[1]";

        Assert.Equal(ExitCode.Usage, await BalanceAsync("--k", parts));

        Assert.Contains("--k takes a number from 1", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_parts_must_be_said()
    {
        _seed.Input = "[1]";

        Assert.Equal(ExitCode.Usage, await BalanceAsync());

        Assert.Contains("--k", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        Assert.Equal(ExitCode.Usage, await _seed.RunAsync("plan", "balance", "--k", "2", "--in", "/nowhere/weights.json"));

        Assert.Contains("/nowhere/weights.json cannot be read", _seed.Error, StringComparison.Ordinal);
    }

    private Task<int> BalanceAsync(params string[] options) => _seed.RunAsync(["plan", "balance", "--in", "-", .. options]);

    private int[][] Items() =>
        [.. Printed.GetProperty("partitions").EnumerateArray().Select(part => part.EnumerateArray().Select(item => item.GetInt32()).ToArray())];
}
