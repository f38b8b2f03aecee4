using CsCheck;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

public sealed class BlobNameTests
{
    [Theory]
    [InlineData("quickstart-3f2a", "quickstart-3f2a")]
    [InlineData("127.0.0.1:11001@1", "127.0.0.1=3a11001@1")]
    [InlineData("", "=")]
    [InlineData("=", "=3d")]
    [InlineData("../x", "=2e.=2fx")]
    [InlineData("ä", "=c3=a4")]
    public void Worked_examples(string text, string segment) => Assert.Equal(segment, BlobName.Segment(text));

    [Fact]
    public void Any_text_makes_a_name_of_its_own() => Gen.String.Select(Gen.String).Sample((one, other) =>
    {
        // Lone surrogates have no UTF-8 of their own.
        if (one.Concat(other).Any(char.IsSurrogate) || one.Length > 40)
            return;

        BlobName.Check(BlobName.Segment(one));
        Assert.Equal(one == other, BlobName.Segment(one) == BlobName.Segment(other));
    });
}
