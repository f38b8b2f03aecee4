using System.Globalization;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class FileMemoryTests : IDisposable
{
    private const int Numbers = 1 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly FileMemory _files;

    public FileMemoryTests() => _files = new FileMemory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_paged_out_takes_no_memory_and_is_there_when_it_is_read()
    {
        using var scope = NewDisposeScope();
        var tensor = _files.Allocate(Numbers, ScalarType.Float32);
        Assert.Equal(0, tensor.sum().item<float>());
        tensor.fill_(3);
        Assert.InRange(Resident(), Numbers * 4L, long.MaxValue);

        FileMemory.PageOut(tensor);

        Assert.InRange(Resident(), 0, 2L * Environment.SystemPageSize);
        Assert.Equal(3f * Numbers, tensor.sum().item<float>());
    }

    [Fact]
    public void A_block_whose_input_waits_in_a_file_gives_the_same_gradients()
    {
        using var scope = NewDisposeScope();
        var (whole, again) = (Leaf(), Leaf());
        whole.sin().exp().sum().backward();

        using var tape = GradientTape.Recording();
        var input = again.sin();
        var output = tape.Recompute(input, (tensor, _) => [tensor.exp()], _files);

        // Its pages are gone, but for those that it shares with others at its ends.
        Assert.Equal(0, input.narrow(0, Numbers / 2, 1).item<float>());
        tape.Backward([output[0].sum()]);
        Assert.True(whole.grad!.equal(again.grad!).all().item<bool>());
    }

    [Fact]
    public void A_folder_that_cannot_be_is_named()
    {
        var refusal = Assert.ThrowsAny<IOException>(() => new FileMemory("/dev/null/x").Allocate(1, ScalarType.Float32));

        Assert.Contains("/dev/null", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_needs_no_file() => Assert.Equal(0, new FileMemory("/dev/null/x").Allocate(0, ScalarType.Float32).numel());

    private static Tensor Leaf() => arange(Numbers).to(ScalarType.Float32).div_(Numbers).requires_grad_(true);

    /// <returns>Bytes in memory of files in this test's folder.</returns>
    private long Resident()
    {
        var bytes = 0L;
        var isOurs = false;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
            if (!line.Contains(" kB", StringComparison.Ordinal))
                isOurs = line.Contains(_folder.Path, StringComparison.Ordinal);
            else if (isOurs && line.StartsWith("Rss:", StringComparison.Ordinal))
                bytes += 1024 * long.Parse(line["Rss:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture);

        return bytes;
    }
}
