using System.Buffers.Binary;
using System.Text;
using SeedOrleans.Engine.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.HuggingFace;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Header, then how many bytes of data follow it, then what the refusal must say.</summary>
    public static TheoryData<string, int, string> Refused => new()
    {
        { """[]""", 0, "begin with {" },
        { """ {}""", 0, "begin with {" },
        { """{"a":""", 0, "JSON" },
        { """{} {}""", 0, "JSON" },
        { """{"a":1}""", 0, "no object" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON" },
        { """{"__metadata__":{"format":1}}""", 0, "map of strings" },
        { """{"__metadata__":"pt"}""", 0, "map of strings" },
        { """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype missing" },
        { """{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "dtype F33" },
        { """{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "shape" },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape" },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "shape" },
        { """{"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4]}}""", 4, "shape" },
        { """{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}""", 4, "data_offsets" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "data_offsets" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "span -4" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "overflows" },
        { """{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "overflows" },
        { """{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 0, "beyond any file" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a hole before tensor a" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "an overlap before tensor b" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "an overlap" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 bytes trail" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "cut off" },
        { """{}""", 1, "1 bytes trail" },
        { """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Worked_example()
    {
        // One row of two numbers, 1 and −2, written out by hand.
        var path = Save(
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""",
            [0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0]);

        using var file = SafetensorsFile.Open(path);
        using var tensor = file.Read("w");

        Assert.Equal(["w"], file.Entries.Keys);
        Assert.Equal([1, 2], tensor.shape);
        Assert.Equal([1f, -2f], tensor.data<float>().ToArray());
    }

    [Theory]
    [InlineData("F64", ScalarType.Float64, new byte[] { 0, 0, 0, 0, 0, 0, 8, 0x40 }, 3)]
    [InlineData("F16", ScalarType.Float16, new byte[] { 0, 0x42 }, 3)]
    [InlineData("BF16", ScalarType.BFloat16, new byte[] { 0x40, 0x40 }, 3)]
    [InlineData("I64", ScalarType.Int64, new byte[] { 253, 255, 255, 255, 255, 255, 255, 255 }, -3)]
    [InlineData("I32", ScalarType.Int32, new byte[] { 3, 0, 0, 0 }, 3)]
    [InlineData("I16", ScalarType.Int16, new byte[] { 253, 255 }, -3)]
    [InlineData("I8", ScalarType.Int8, new byte[] { 253 }, -3)]
    [InlineData("U8", ScalarType.Byte, new byte[] { 253 }, 253)]
    [InlineData("BOOL", ScalarType.Bool, new byte[] { 1 }, 1)]
    public void A_scalar_of_every_type_reads_back(string dtype, ScalarType type, byte[] data, double expected)
    {
        var header = $$"""{"s":{"dtype":"{{dtype}}","shape":[],"data_offsets":[0,{{data.Length}}]} }""";
        using var file = SafetensorsFile.Open(Save(header, data));
        using var tensor = file.Read("s");

        Assert.Equal(type, tensor.dtype);
        Assert.Empty(tensor.shape);
        Assert.Equal(expected, tensor.to(float64).item<double>());
    }

    [Fact]
    public void A_tensor_without_elements_keeps_its_shape()
    {
        using var file = SafetensorsFile.Open(Save("""{"none":{"dtype":"F32","shape":[3,0,2],"data_offsets":[0,0]}}""", []));
        using var tensor = file.Read("none");

        Assert.Equal([3, 0, 2], tensor.shape);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_broken_promise_is_refused(string header, int dataBytes, string saying)
    {
        var path = Save(header, new byte[dataBytes]);

        var refusal = Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Open(path));

        Assert.Equal(path, refusal.File);
        Assert.Contains(saying, refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, new byte[] { }, "too few")]
    [InlineData(0, new byte[] { 1, 0, 0, 0, 0, 0, 0 }, "too few")]
    [InlineData(100_000_001UL, new byte[] { }, "over the limit")]
    [InlineData(ulong.MaxValue, new byte[] { }, "over the limit")]
    [InlineData(1UL << 63, new byte[] { }, "over the limit")]
    [InlineData(3, new byte[] { (byte)'{', (byte)'}' }, "ends before")]
    [InlineData(0, new byte[] { (byte)'{', (byte)'}' }, "begin with {")]
    [InlineData(3, new byte[] { (byte)'{', 0xFF, (byte)'}' }, "not UTF-8")]
    public void A_head_that_cannot_be_is_refused(ulong length, byte[] rest, string saying)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(head, length);
        var path = _folder["head.safetensors"];
        File.WriteAllBytes(path, saying == "too few" ? rest : [.. head, .. rest]);

        var refusal = Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Open(path));

        Assert.Contains(saying, refusal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_of_the_header_is_refused_or_read_without_harm()
    {
        const string Header = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""";
        var sound = File.ReadAllBytes(Save(Header, [1, 2, 3]));

        for (var cut = 0; cut < sound.Length; cut++)
            Assert.False(Opens(sound[..cut]), $"opened although cut to {cut} bytes");

        for (var bit = 0; bit < (8 + Header.Length) * 8; bit++)
        {
            var flipped = sound.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            _ = Opens(flipped);
        }
    }

    [Fact]
    public void A_type_without_a_tensor_of_ours_is_listed_but_not_read()
    {
        using var file = SafetensorsFile.Open(Save("""{"q":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""", [1, 2]));

        Assert.Equal("F8_E4M3", file.Entries["q"].Dtype);
        Assert.Contains("F8_E4M3", Assert.Throws<SafetensorsFormatException>(() => file.Read("q")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truth_value_of_two_is_refused()
    {
        using var file = SafetensorsFile.Open(Save("""{"t":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", [1, 2]));

        Assert.Throws<SafetensorsFormatException>(() => file.Read("t"));
    }

    [Fact]
    public void A_missing_file_and_a_missing_tensor_are_named()
    {
        Assert.Contains("absent", Assert.Throws<ModelFolderException>(() => SafetensorsFile.Open(_folder["absent"])).Message, StringComparison.Ordinal);

        using var file = SafetensorsFile.Open(Save("{}", []));
        Assert.Contains("nowhere", Assert.Throws<SafetensorsFormatException>(() => file.Read("nowhere")).Message, StringComparison.Ordinal);
    }

    private string Save(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);

        var path = _folder["file.safetensors"];
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
        return path;
    }

    private bool Opens(byte[] bytes)
    {
        var path = _folder["hostile.safetensors"];
        File.WriteAllBytes(path, bytes);
        try
        {
            using var file = SafetensorsFile.Open(path);
            foreach (var (name, entry) in file.Entries)
            {
                if (entry.Dtype is "U8" or "I8")
                    file.Read(name).Dispose();
            }

            return true;
        }
        catch (SafetensorsFormatException)
        {
            return false;
        }
    }
}
