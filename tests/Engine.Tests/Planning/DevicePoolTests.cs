using SeedOrleans.Engine.Planning.Devices;

namespace SeedOrleans.Engine.Tests.Planning;

public sealed class DevicePoolTests
{
    [Theory]
    [InlineData("64xH100", "H100", 64)]
    [InlineData("h200", "H200", 1)]
    [InlineData("8xA100-80", "A100-80", 8)]
    [InlineData("cpu:4", "cpu", 4)]
    [InlineData("2xcpu", "cpu", 2)]
    public void A_pool_is_a_number_and_a_kind(string text, string kind, int count)
    {
        var pool = DevicePool.Parse(text)!;

        Assert.Equal((kind, count), (pool.Kind.Name, pool.Count));
        Assert.Equal(pool, DevicePool.Parse(pool.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("64")]
    [InlineData("0xH100")]
    [InlineData("xH100")]
    [InlineData("-1xH100")]
    [InlineData("64xH101")]
    [InlineData("99999999999xH100")]
    [InlineData("2xcpu:4")]
    [InlineData("cpu:")]
    public void What_is_none_is_refused(string text) => Assert.Null(DevicePool.Parse(text));

    [Fact]
    public void Cores_share_the_memory_of_the_machine() =>
        Assert.Equal(DevicePool.Cores(1).Kind.MemoryGb, 4 * DevicePool.Cores(4).Kind.MemoryGb, tolerance: 1e-6);

    [Fact]
    public void Every_kind_says_all_there_is_to_say() => Assert.All(DeviceCatalog.All, kind =>
    {
        Assert.True(kind.IsCore || kind.MemoryGb > 1);
        Assert.All(
            (double[])
            [
                kind.Float32Tflops, kind.Bfloat16Tflops, kind.MemoryGbPerSecond, kind.NodeDevices, kind.LinkGbPerSecond, kind.LinkMicroseconds,
                kind.NetworkGbPerSecond, kind.NetworkMicroseconds, kind.HostGbPerSecond, kind.OperatorMicroseconds, kind.Efficiency,
            ],
            number => Assert.True(number > 0));
        Assert.InRange(kind.Efficiency, 0.1, 1);
    });
}
