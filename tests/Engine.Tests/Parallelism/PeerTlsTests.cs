using System.Net;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class PeerTlsTests : IDisposable
{
    private static readonly GroupName Name = new("g", 1);

    private readonly TestAuthority _authority = new("ours"), _other = new("another");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Encrypted_lines_carry_the_same_bits()
    {
        const int Elements = 1_000_003;
        using var bare = await TestGroup.MakeAsync(Wiring.Tcp, 3);
        using var encrypted = await TestGroup.MakeAsync(Wiring.Tcp, 3, [_authority.Tls("a"), _authority.Tls("b"), _authority.Tls("c")]);

        var expected = await bare.AllAsync(Sum);
        var actual = await encrypted.AllAsync(Sum);

        Assert.All(actual, sum => Assert.True(sum.AsSpan().SequenceEqual(expected[0])));

        static float[] Sum(ICommunicator rank)
        {
            using var values = arange(Elements, float32).mul_(rank.Rank + 0.3f).sin_();
            rank.AllReduceSum(values, Cancellation);
            return [.. values.data<float>()];
        }
    }

    [Fact]
    public async Task Whoever_waits_for_a_rank_that_gives_up_or_leaves_learns_who_it_was()
    {
        using var group = await TestGroup.MakeAsync(Wiring.Tcp, 3, [_authority.Tls("a"), _authority.Tls("b"), _authority.Tls("c")]);

        var endings = await group.EndingsAsync(rank =>
        {
            using var values = zeros(3_000_000);
            if (rank.Rank == 2)
                rank.Abort(new InvalidOperationException("out of memory"));
            else
                rank.AllReduceSum(values, Cancellation);
        });

        Assert.All(endings[..2], end => Assert.Equal(2, Assert.IsType<PeerFailedException>(end).Rank));
    }

    /// <summary>The one who connects, and the one who waits for it, are both told what to do.</summary>
    [Theory]
    [InlineData("another authority", "refused")]
    [InlineData("signed by another authority", "does not hold")]
    [InlineData("its time is over", "does not hold")]
    [InlineData("none", "refused")]
    public async Task A_peer_without_the_right_certificate_is_refused(string certificate, string why)
    {
        var stranger = certificate switch
        {
            "none" => null,
            "its time is over" => _authority.Tls("b", isOver: true),
            "signed by another authority" => _other.Tls("b", trusting: _authority),
            _ => _other.Tls("b"),
        };
        using var here = new PeerListener(IPAddress.Loopback, new GroupEpochs(), tls: _authority.Tls("a"));
        using var there = new PeerListener(IPAddress.Loopback, new GroupEpochs(), tls: stranger);
        string[] endPoints = [here.EndPoint, there.EndPoint];

        var connects = await Record.ExceptionAsync(() => TcpGroup.JoinAsync(there, Name, 1, endPoints, TestGroup.Patience, Cancellation));
        var waits = await Record.ExceptionAsync(() => TcpGroup.JoinAsync(here, Name, 0, endPoints, TimeSpan.FromMilliseconds(50), Cancellation));

        Assert.Contains("--peer-certificate", Assert.IsType<PeerLostException>(connects).Message, StringComparison.Ordinal);
        Assert.Contains(why, Assert.IsType<PeerLostException>(waits).Message, StringComparison.Ordinal);
        Assert.Contains("--peer-authority", waits.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_asks_for_no_certificate_is_refused()
    {
        using var bare = new PeerListener(IPAddress.Loopback, new GroupEpochs());
        using var here = new PeerListener(IPAddress.Loopback, new GroupEpochs(), tls: _authority.Tls("a"));

        var refused = await Assert.ThrowsAsync<PeerLostException>(
            () => TcpGroup.JoinAsync(here, Name, 1, [bare.EndPoint, here.EndPoint], TestGroup.Patience, Cancellation));

        Assert.Contains("--peer-certificate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_come_from_files()
    {
        var (one, other) = (_authority.Write(_folder.Path, "a"), _authority.Write(_folder.Path, "b"));
        using var group = await TestGroup.MakeAsync(
            Wiring.Tcp, 2, [PeerTls.Load(one.Certificate, one.Key, one.Authority), PeerTls.Load(other.Certificate, other.Key, other.Authority)]);

        await group.AllAsync(rank =>
        {
            rank.Barrier(Cancellation);
            return true;
        });
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        var (mine, theirs) = (_authority.Write(_folder.Path, "a"), _other.Write(_folder.Path, "b"));

        Assert.Contains("vouches", Assert.Throws<FormatException>(() => PeerTls.Load(mine.Certificate, mine.Key, theirs.Authority)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => PeerTls.Load(mine.Certificate, theirs.Key, mine.Authority));
        Assert.Throws<FormatException>(() => PeerTls.Load(mine.Certificate, mine.Key, Path.Combine(_folder.Path, "none")));
    }
}
