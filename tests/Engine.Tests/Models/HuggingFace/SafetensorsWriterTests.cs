using System.Buffers.Binary;
using System.Text;
using CsCheck;
using SeedOrleans.Engine.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.HuggingFace;

public sealed class SafetensorsWriterTests : IDisposable
{
    private static readonly ScalarType[] Types = [float32, float64, float16, bfloat16, int64, int32, uint8, @bool];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Worked_example()
    {
        using var half = tensor([1f, -2f], dtype: bfloat16);
        using var full = ones(1);

        SafetensorsWriter.Write(_folder["w.safetensors"], [("half", half), ("full", full)]);

        // The wider type first, as the reference lays them; the header padded with spaces to a multiple of 8.
        const string Json = """{"__metadata__":{"format":"pt"},"full":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"half":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}""";
        var padded = (Json.Length + 7) / 8 * 8;
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        byte[] expected = [.. length, .. Encoding.UTF8.GetBytes(Json.PadRight(padded)), 0x00, 0x00, 0x80, 0x3F, 0x80, 0x3F, 0x00, 0xC0];
        Assert.Equal(expected, File.ReadAllBytes(_folder["w.safetensors"]));
    }

    [Fact]
    public void Every_bfloat16_there_is_comes_back_bit_for_bit()
    {
        var bits = new byte[2 * 65536];
        for (var value = 0; value < 65536; value++)
            BinaryPrimitives.WriteUInt16LittleEndian(bits.AsSpan(2 * value), (ushort)value);

        using var all = empty([256, 256], dtype: bfloat16);
        bits.CopyTo(all.bytes);
        SafetensorsWriter.Write(_folder["b.safetensors"], [("all", all)]);

        using var file = SafetensorsFile.Open(_folder["b.safetensors"]);
        using var back = file.Read("all");
        Assert.Equal(bfloat16, back.dtype);
        Assert.Equal([256, 256], back.shape);
        Assert.True(back.bytes.SequenceEqual(bits));
    }

    [Fact]
    public void Any_tensors_come_back_as_they_were() =>
        Gen.Select(Gen.Char.AlphaNumeric.Array[1, 8].Select(letters => new string(letters) + "·é𝒙\""), Gen.Int[0, 4].Array[0, 4], Gen.Int[0, Types.Length - 1])
            .Array[0, 6]
            .Sample(drawn =>
            {
                using var scope = NewDisposeScope();
                var tensors = drawn.DistinctBy(one => one.Item1)
                    .Select(one => (Name: one.Item1, Tensor: (randn([.. one.Item2.Select(size => (long)size)]) * 10).to(Types[one.Item3])))
                    .ToArray();

                SafetensorsWriter.Write(_folder["any.safetensors"], tensors);

                using var file = SafetensorsFile.Open(_folder["any.safetensors"]);
                Assert.Equal(tensors.Length, file.Entries.Count);
                Assert.All(tensors, expected => Assert.True(Same(expected.Tensor, file.Read(expected.Name))));
            }, iter: 100, threads: 1);

    [Fact]
    public void A_transposed_slice_is_written_as_it_looks()
    {
        using var grid = arange(12, dtype: float32).reshape(3, 4);
        using var view = grid.t()[TensorIndex.Slice(1, 3)];

        SafetensorsWriter.Write(_folder["v.safetensors"], [("v", view)]);

        using var file = SafetensorsFile.Open(_folder["v.safetensors"]);
        using var back = file.Read("v");
        Assert.Equal([2, 3], back.shape);
        Assert.Equal([1f, 5, 9, 2, 6, 10], back.data<float>().ToArray());
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(_folder["w"], "old");

        var refusal = Assert.Throws<ModelFolderException>(() => AtomicFile.Write(_folder["w"], stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal(_folder["w"], refusal.Path);
        Assert.Contains("No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["w"]], Directory.GetFiles(_folder.Path));
        Assert.Equal("old", File.ReadAllText(_folder["w"]));
    }

    [Fact]
    public void A_reader_of_the_old_file_is_not_disturbed_by_the_new_one()
    {
        using var one = ones(4);
        using var two = one * 2;
        SafetensorsWriter.Write(_folder["w"], [("w", one)]);
        using var reader = SafetensorsFile.Open(_folder["w"]);

        SafetensorsWriter.Write(_folder["w"], [("w", two)]);

        using var old = reader.Read("w");
        Assert.Equal(1f, old.sum().item<float>() / 4);
    }

    [Fact]
    public void Names_that_no_file_can_hold_are_refused_before_anything_is_written()
    {
        using var one = ones(1);
        using var complex = zeros([1], dtype: complex128);

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_folder["w"], [("a", one), ("a", one)]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_folder["w"], [("__metadata__", one)]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_folder["w"], [("c", complex)]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static bool Same(Tensor expected, Tensor actual) =>
        expected.dtype == actual.dtype && expected.shape.SequenceEqual(actual.shape) && expected.bytes.SequenceEqual(actual.bytes);
}
