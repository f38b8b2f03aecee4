namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>Silos that only judge.</summary>
[Trait("Category", "EndToEnd")]
public sealed class VerifierSiloTests : IDisposable
{
    /// <summary>Works for a moment, so that a kill strikes while something is judged.</summary>
    private const string Program = "print(sum(range(9**7)))";

    private const long Output = 4782969L * 4782968 / 2;

    private readonly TemporaryFolder _files = new(), _undisturbed = new();

    public void Dispose()
    {
        _files.Dispose();
        _undisturbed.Dispose();
    }

    [Fact]
    public async Task One_judges_without_a_tensor_and_its_death_in_mid_verification_changes_no_bit()
    {
        var spec = TinySpecFile.Write(_files, steps: 8);
        string[] programs =
        [
            $"data.train=[{{file: {WriteRows()}}}]", "data.evaluation=[]", "cold_start.steps=150", "cold_start.batch_size=8", "cold_start.optimizer.learning_rate=1e-2",
            "rollout.max_response_tokens=30", "rollout.temperature=0.5",
        ];
        await LocalSilos.SeedAsync(["run", spec, .. programs, "--data", _undisturbed.Path]);
        var expected = await StoredRun.Only(Path.Combine(_undisturbed.Path, "store")).HeadAsync();

        await using var cluster = await LocalSilos.UpAsync(1);
        await cluster.AddAsync("--slots", "0");
        var run = new StoredRun(cluster.Store, await LocalSilos.SubmitAsync(cluster.Store, spec, programs));
        await run.UntilStepAsync(2);
        Assert.All((await run.PlacesAsync())!.Actors, actor => Assert.Equal("silo-1", actor.SiloName));
        Assert.Contains("libtorch", MapsOf(cluster.PidOf(1)), StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", MapsOf(cluster.PidOf(2)), StringComparison.Ordinal);

        cluster.Signal(2, LocalSilos.Kill);

        StoredRun.AssertSame(expected, await run.UntilEndAsync());
        Assert.Empty(await run.AuditAsync());
    }

    private static string MapsOf(int process) => File.ReadAllText($"/proc/{process}/maps");

    private string WriteRows()
    {
        var file = _files.File("programs.jsonl");
        File.WriteAllLines(file, ((string[])["one=", "two="]).Select(question => $$$"""
            {"data_source": "programs", "prompt": [{"role": "user", "content": "{{{question}}}"}], "reward_model": {"style": "code", "ground_truth": "{\"inputs\": [\"\"], \"outputs\": [\"{{{Output}}}\"]}"}, "solution": "{{{Program}}}"}
            """.Trim()));
        return file;
    }
}
