using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

public sealed class PolicySnapshotsTests : IDisposable
{
    private readonly PolicySnapshots _snapshots = new();

    public void Dispose() => _snapshots.Dispose();

    [Fact]
    public void Leased_weights_outlive_their_removal_and_not_their_last_lease()
    {
        Put("run/v1");
        var first = _snapshots.TryLease("run/v1")!;
        var second = _snapshots.TryLease("run/v1")!;
        var flat = first.Weights.Flat;

        _snapshots.Remove("run/v1");
        first.Dispose();
        first.Dispose();
        Assert.False(flat.IsInvalid);
        Assert.Equal(0, second.Weights.Flat.sum().item<float>());

        second.Dispose();
        Assert.True(flat.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => second.Weights);
    }

    [Fact]
    public void What_was_removed_is_leased_no_more()
    {
        Put("run/v1");
        _snapshots.Remove("run/v1");

        Assert.Null(_snapshots.TryLease("run/v1"));
        Assert.False(_snapshots.Contains("run/v1"));
    }

    [Fact]
    public void All_of_one_run_go_and_nothing_of_another()
    {
        foreach (var key in (string[])["a/v1", "a/v2", "b/v1"])
            Put(key);

        _snapshots.RemoveAll("a/");

        Assert.False(_snapshots.Contains("a/v1"));
        Assert.False(_snapshots.Contains("a/v2"));
        Assert.True(_snapshots.Contains("b/v1"));
    }

    [Fact]
    public void A_new_snapshot_replaces_the_old_one_under_its_key()
    {
        Put("run/v1");
        using var old = _snapshots.TryLease("run/v1")!;
        Put("run/v1");
        using var renewed = _snapshots.TryLease("run/v1")!;

        Assert.NotSame(old.Weights, renewed.Weights);
    }

    private void Put(string key)
    {
        var layout = WeightLayout.Of(TinyModels.Dense);
        _snapshots.Put(key, new ModelWeights(TinyModels.Dense, layout, zeros(layout.Count)));
    }
}
