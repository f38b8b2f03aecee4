using CsCheck;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Engine.Tests.Storage.Logs;

public sealed class SegmentFormatTests
{
    private static readonly byte[][] Records = [[1, 2, 3], [], [4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 0, 0, 0]];

    [Fact]
    public void Records_come_back_as_they_were() => Gen.Byte.Array[0, 40].Array[0, 20].Sample(records =>
    {
        var segment = SegmentFormat.Decode(7, "log/7", Encoded(records));

        Assert.Null(segment.Damage);
        Assert.Equal(records, segment.Records.Select(record => record.ToArray()));
    });

    [Fact]
    public void Any_cut_is_found_and_what_was_whole_before_it_is_kept()
    {
        var whole = Encoded(Records);
        for (var length = 0; length < whole.Length; length++)
        {
            var segment = SegmentFormat.Decode(1, "log/1", whole.AsMemory(0, length));

            Assert.NotNull(segment.Damage);
            Assert.Equal(Records.Take(segment.Records.Count), segment.Records.Select(record => record.ToArray()));
            if (length >= 16)
                Assert.Equal(Records.Length - segment.Records.Count, segment.Damage.LostRecords);
        }
    }

    [Fact]
    public void Any_flipped_bit_is_found()
    {
        var whole = Encoded(Records);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            var segment = SegmentFormat.Decode(1, "log/1", flipped);

            Assert.NotNull(segment.Damage);
            Assert.True(segment.Damage.Offset <= bit / 8, "The damage is cut off, not passed over.");
            Assert.Equal(Records.Take(segment.Records.Count), segment.Records.Select(record => record.ToArray()));
        }
    }

    [Fact]
    public void Bytes_that_follow_are_found()
    {
        var segment = SegmentFormat.Decode(1, "log/1", (byte[])[.. Encoded(Records), 0]);

        Assert.Equal(Records.Length, segment.Records.Count);
        Assert.Equal(0, segment.Damage!.LostRecords);
        Assert.Contains("'log/1' is damaged", segment.Damage.ToString());
    }

    private static byte[] Encoded(byte[][] records)
    {
        BlobContent content = SegmentFormat.Encode([.. records.Select(record => new ReadOnlyMemory<byte>(record))]);
        return [.. content.Parts.SelectMany(part => part.ToArray())];
    }
}
