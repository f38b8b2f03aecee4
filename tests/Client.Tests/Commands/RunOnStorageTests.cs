using SeedOrleans.Client.Cluster;

namespace SeedOrleans.Client.Tests.Commands;

public sealed class RunOnStorageTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task The_silo_works_on_the_storage_and_is_found_by_its_gateway()
    {
        Assert.Equal(0, await _seed.RunAsync("run", _seed.SpecFile, "--storage", "store"));

        Assert.Equal(Path.GetFullPath("store"), _seed.Silos.Storage);
        Assert.Equal(new ClusterPlace("127.0.0.1:40000", Path.GetFullPath("store"), "alone-fake"), _seed.Cluster.Place);
        Assert.Equal((1, 1), (_seed.Silos.Started, _seed.Silos.Disposed));
    }

    [Fact]
    public async Task An_interrupted_run_is_left_to_go_on_and_says_so()
    {
        _seed.Cluster.OnExhausted = _seed.Interruption.Cancel;

        Assert.Equal(130, await _seed.RunAsync("run", _seed.SpecFile, "--storage", "/var/store"));

        Assert.Empty(_seed.Cluster.Stopped);
        Assert.Equal(1, _seed.Silos.Disposed);
        Assert.Contains("first-abcdef is not finished: it goes on as soon as another silo works on /var/store", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_dies_fails_the_command_and_not_the_run()
    {
        _seed.Cluster.OnExhausted = _seed.Silos.Die;

        Assert.Equal(1, await _seed.RunAsync("run", _seed.SpecFile, "--storage", "/var/store"));
        Assert.Contains("The run goes on as soon as another silo works on /var/store", _seed.Error, StringComparison.Ordinal);
        Assert.Contains("out of memory", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_names_nothing_is_2_before_a_silo_starts()
    {
        Assert.Equal(2, await _seed.RunAsync("run", _seed.SpecFile, "--storage", "azure:AccountKey=secret"));

        Assert.Equal(0, _seed.Silos.Started);
        Assert.DoesNotContain("secret", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_is_not_shown()
    {
        Assert.Equal("azure:…", $"{new ClusterPlace(null, "azure:AccountKey=secret")}");
        Assert.Equal("azure:https://a.blob.core.windows.net/c", $"{new ClusterPlace(null, "azure:https://a.blob.core.windows.net/c")}");
    }
}
