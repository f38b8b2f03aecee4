using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using SeedOrleans.Engine.Metrics;

namespace SeedOrleans.Engine.Tests.Metrics;

public sealed class MetricsLogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, 500, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("seed-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Worked_example()
    {
        using var log = new MetricsLog(_folder, new StoppedClock(Noon));

        log.Write(3, new Dictionary<string, double> { ["critic/score/mean"] = 0.25, ["actor/entropy"] = 1e-7 });

        Assert.Equal(
            """{"step":3,"time":"2026-01-31T12:00:00.5000000+00:00","actor/entropy":1E-07,"critic/score/mean":0.25}""" + "\n",
            ReadLines());
        var (wallTime, step, values) = Assert.Single(ReadEvents().Skip(1));
        Assert.Equal((1769860800.5, 3L), (wallTime, step));
        Assert.Equal([("actor/entropy", 1e-7f), ("critic/score/mean", 0.25f)], values);
    }

    [Fact]
    public void The_event_file_has_the_name_and_the_first_record_that_TensorBoard_wants()
    {
        using var log = new MetricsLog(_folder, new StoppedClock(Noon));

        var file = Assert.Single(Directory.GetFiles(_folder, "events.*"));
        Assert.Equal($"events.out.tfevents.1769860800.{Environment.MachineName}", Path.GetFileName(file));

        // wall_time 1769860800.5 as field 1, then file_version as field 3.
        byte[] payload = [0x09, .. BitConverter.GetBytes(1769860800.5), 0x1A, 13, .. "brain.Event:2"u8];
        Assert.Equal(payload, Records(file).Single());
    }

    [Fact]
    public void What_is_no_number_is_a_word_in_JSON_and_itself_in_events()
    {
        using var log = new MetricsLog(_folder, new StoppedClock(Noon));

        log.Write(1, new Dictionary<string, double> { ["a"] = double.NaN, ["b"] = double.PositiveInfinity, ["c"] = double.NegativeInfinity });

        using var line = JsonDocument.Parse(ReadLines());
        Assert.Equal(["NaN", "Infinity", "-Infinity"], "abc".Select(name => line.RootElement.GetProperty($"{name}").GetString()));
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity], ReadEvents().Last().Values.Select(value => value.Value));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE") { DateTimeFormat = { TimeSeparator = "." } };
        try
        {
            using var log = new MetricsLog(_folder, new StoppedClock(Noon));
            log.Write(1, new Dictionary<string, double> { ["a"] = 1234567.5 });
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal("""{"step":1,"time":"2026-01-31T12:00:00.5000000+00:00","a":1234567.5}""" + "\n", ReadLines());
    }

    [Fact]
    public void A_log_opened_again_continues_and_drops_a_torn_line()
    {
        using (var log = new MetricsLog(_folder, new StoppedClock(Noon)))
            log.Write(1, new Dictionary<string, double> { ["a"] = 1 });

        File.AppendAllText(Path.Combine(_folder, "metrics.jsonl"), "{\"step\":2,\"ti");

        using (var log = new MetricsLog(_folder, new StoppedClock(Noon)))
            log.Write(2, new Dictionary<string, double> { ["a"] = 2 });

        var steps = ReadLines().TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32());
        Assert.Equal([1, 2], steps);
        Assert.Equal(2, Directory.GetFiles(_folder, "events.out.tfevents.*").Length);
    }

    [Fact]
    public void Long_names_and_large_steps_are_framed_soundly()
    {
        using var log = new MetricsLog(_folder, new StoppedClock(Noon));
        var name = new string('n', 300);

        log.Write(int.MaxValue, new Dictionary<string, double> { [name] = -1 });

        var (_, step, values) = ReadEvents().Last();
        Assert.Equal(int.MaxValue, step);
        Assert.Equal([(name, -1f)], values);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("time")]
    public void A_metric_with_a_name_of_the_line_is_refused(string name)
    {
        using var log = new MetricsLog(_folder, new StoppedClock(Noon));

        Assert.Throws<ArgumentException>(() => log.Write(1, new Dictionary<string, double> { [name] = 1 }));
        Assert.Empty(ReadLines());
    }

    private string ReadLines() => ReadShared(Path.Combine(_folder, "metrics.jsonl"), stream =>
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private List<(double WallTime, long Step, (string Tag, float Value)[] Values)> ReadEvents() =>
        [.. Directory.GetFiles(_folder, "events.*").SelectMany(Records).Select(Event)];

    /// <summary>Payloads, after both checksums of each record were found right.</summary>
    private static List<byte[]> Records(string file) => ReadShared(file, stream =>
    {
        using var reader = new BinaryReader(stream);
        List<byte[]> records = [];
        while (stream.Position < stream.Length)
        {
            var length = reader.ReadBytes(8);
            Assert.Equal(SlowMaskedCrc(length), reader.ReadUInt32());
            var payload = reader.ReadBytes((int)BinaryPrimitives.ReadUInt64LittleEndian(length));
            Assert.Equal(SlowMaskedCrc(payload), reader.ReadUInt32());
            records.Add(payload);
        }

        return records;
    });

    /// <summary>Bit by bit, over the reflected polynomial.</summary>
    private static uint SlowMaskedCrc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    private static (double WallTime, long Step, (string Tag, float Value)[] Values) Event(byte[] payload)
    {
        var input = new Google.Protobuf.CodedInputStream(payload);
        var (wallTime, step, values) = (0d, 0L, new List<(string, float)>());
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: wallTime = input.ReadDouble(); break;
                case 2: step = input.ReadInt64(); break;
                case 5: values.AddRange(Summary(input.ReadBytes().ToByteArray())); break;
                default: input.SkipLastField(); break;
            }
        }

        return (wallTime, step, [.. values]);
    }

    private static IEnumerable<(string Tag, float Value)> Summary(byte[] payload)
    {
        var input = new Google.Protobuf.CodedInputStream(payload);
        while (input.ReadTag() != 0)
        {
            var value = new Google.Protobuf.CodedInputStream(input.ReadBytes().ToByteArray());
            Assert.Equal((1u << 3) | 2, value.ReadTag());
            var tag = value.ReadString();
            Assert.Equal((2u << 3) | 5, value.ReadTag());
            yield return (tag, value.ReadFloat());
        }
    }

    private static T ReadShared<T>(string file, Func<FileStream, T> read)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return read(stream);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
