using SeedOrleans.Engine.Metrics;

namespace SeedOrleans.Engine.Tests.Metrics;

public sealed class WholeAppendTests
{
    [Fact]
    public void A_record_that_does_not_fit_leaves_what_was_there()
    {
        using var disk = new SmallDisk(10);
        disk.AppendWhole("first\n"u8);

        Assert.Throws<IOException>(() => disk.AppendWhole("second\n"u8));
        disk.AppendWhole("3rd\n"u8);

        Assert.Equal("first\n3rd\n"u8.ToArray(), disk.ToArray());
    }

    /// <summary>Takes what fits before it fails, as a full disk does.</summary>
    private sealed class SmallDisk(int bytes) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = (int)Math.Min(buffer.Length, bytes - Position);
            base.Write(buffer[..fits]);
            if (fits < buffer.Length)
                throw new IOException("No space left on device");
        }
    }
}
