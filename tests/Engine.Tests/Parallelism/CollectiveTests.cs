using CsCheck;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class CollectiveTests
{
    private static readonly Gen<Case> Cases =
        from ranks in Gen.Int[0, 4].Select(index => ((int[])[1, 2, 3, 4, 7])[index])
        from lengths in Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, 300]).Array[ranks]
        from type in Gen.Bool.Select(narrow => narrow ? ScalarType.BFloat16 : ScalarType.Float32)
        from values in Gen.Float[-1e4f, 1e4f].Select(value => type == ScalarType.Float32 ? value : ToBFloat16(value)).Array[(int)lengths.Sum()].Array[ranks]
        from root in Gen.Int[0, ranks - 1]
        select new Case(type, lengths, values, root);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Worked_example(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var sums = await group.AllAsync(rank => Sum(rank, [MathF.Pow(10, rank.Rank), 2 * MathF.Pow(10, rank.Rank)]));

        Assert.All(sums, sum => Assert.Equal([111, 222], sum));
    }

    /// <summary>Uneven stretches, empty ones and tensors without elements among them. Placement must not change a bit.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public Task Every_collective_does_what_a_slow_loop_does_to_the_bit(Wiring wiring) => Cases.SampleAsync(
        async of =>
        {
            using var group = await TestGroup.MakeAsync(wiring, of.Ranks);
            var stretches = Stretches.Of(of.Lengths);

            var sums = await group.AllAsync(rank => of.Do(rank, tensor => rank.AllReduceSum(tensor, Cancellation)));
            var stretch = await group.AllAsync(rank => of.Do(rank, tensor => rank.ReduceScatterSum(tensor, stretches, Cancellation)));
            var gathered = await group.AllAsync(rank => of.Do(rank, tensor => rank.AllGather(tensor, stretches, Cancellation)));
            var roots = await group.AllAsync(rank => of.Do(rank, tensor => rank.Broadcast(tensor, of.Root, Cancellation)));

            var (sum, owners) = (of.Sum(), of.OwnerOfEach().ToArray());
            for (var rank = 0; rank < of.Ranks; rank++)
            {
                Assert.Equal(sum, sums[rank]);
                Assert.Equal(owners.Select((owner, place) => owner == rank ? sum[place] : of.Values[rank][place]).ToArray(), stretch[rank]);
                Assert.Equal(owners.Select((owner, place) => of.Values[owner][place]).ToArray(), gathered[rank]);
                Assert.Equal(of.Values[of.Root], roots[rank]);
            }
        },
        iter: 40,
        threads: 1);

    /// <summary>Many pieces on a line, and a last one of an odd size.</summary>
    [Theory]
    [InlineData(2, 16_777_217)]
    [InlineData(4, 700_001)]
    public async Task A_large_sum_over_connections_has_the_bits_of_one_in_one_process(int ranks, int count)
    {
        using var inProcess = await TestGroup.MakeAsync(Wiring.InProcess, ranks);
        using var tcp = await TestGroup.MakeAsync(Wiring.Tcp, ranks);

        var expected = await inProcess.AllAsync(rank => Sum(rank, Waves(rank.Rank, count)));
        var actual = await tcp.AllAsync(rank => Sum(rank, Waves(rank.Rank, count)));

        Assert.All(actual.Concat(expected), sum => Assert.True(sum.AsSpan().SequenceEqual(expected[0])));
    }

    [Fact]
    public async Task A_sender_waits_for_a_slow_receiver()
    {
        using var group = await TestGroup.MakeAsync(Wiring.Tcp, 2);
        using var sent = full([16_000_000], 7f);
        using var received = zeros(16_000_000);

        // More than any buffer between the two holds.
        var sending = TestGroup.OnThread(() => group.Ranks[1].Broadcast(sent, 1, Cancellation));
        Assert.False(sending.IsCompleted);
        await TestGroup.OnThread(() => group.Ranks[0].Broadcast(received, 1, Cancellation));
        await sending;

        Assert.True(received.Equals(sent));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Nobody_passes_a_barrier_before_all_have_come(Wiring wiring)
    {
        const int Rounds = 100;
        using var group = await TestGroup.MakeAsync(wiring, 4);
        var arrivals = new int[Rounds];

        var seen = await group.AllAsync(rank => Enumerable.Range(0, Rounds).Select(round =>
        {
            Interlocked.Increment(ref arrivals[round]);
            rank.Barrier(Cancellation);
            return Volatile.Read(ref arrivals[round]);
        }).ToArray());

        Assert.All(seen.SelectMany(counts => counts), count => Assert.Equal(4, count));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Ranks_that_make_different_calls_all_fail(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var endings = await group.EndingsAsync(rank => Sum(rank, new float[rank.Rank == 1 ? 11 : 10]));

        Assert.All(endings, end => Assert.True(end is InvalidOperationException or PeerFailedException, $"{end}"));
        Assert.Contains(endings, end => end is InvalidOperationException);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Stretches_that_do_not_fit_are_refused_and_the_others_told(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 2);

        var endings = await group.EndingsAsync(rank =>
        {
            using var values = zeros(10);
            rank.AllGather(values, Stretches.Of(5, rank.Rank == 0 ? 5 : 6), Cancellation);
        });

        Assert.IsType<ArgumentException>(endings[1]);
        Assert.Equal(1, Assert.IsType<PeerFailedException>(endings[0]).Rank);
    }

    private static float[] Sum(ICommunicator rank, float[] values)
    {
        using var sum = tensor(values);
        rank.AllReduceSum(sum, Cancellation);
        return [.. sum.data<float>()];
    }

    private static float[] Waves(int rank, int count) =>
        [.. Enumerable.Range(0, count).Select(place => MathF.Sin((rank * 31) + place) * (1 << (place % 20)))];

    /// <summary>The nearest number of 8 significant bits, ties to even.</summary>
    private static float ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    /// <summary>What each rank brings, and the answers of slow loops.</summary>
    /// <param name="Lengths">Of the ranks' stretches.</param>
    /// <param name="Values">By rank; exact in <paramref name="Type"/>.</param>
    private sealed record Case(ScalarType Type, long[] Lengths, float[][] Values, int Root)
    {
        public int Ranks => Lengths.Length;

        public float[] Do(ICommunicator rank, Action<Tensor> collective)
        {
            using var wide = tensor(Values[rank.Rank]);
            using var values = wide.to(Type);
            collective(values);
            using var result = values.to(float32);
            return [.. result.data<float>()];
        }

        public float[] Sum() =>
        [
            .. Values[0].Select((first, place) => Values.Skip(1).Aggregate(
                first, (sum, values) => Type == ScalarType.Float32 ? sum + values[place] : ToBFloat16(sum + values[place]))),
        ];

        public IEnumerable<int> OwnerOfEach() => Lengths.SelectMany((length, rank) => Enumerable.Repeat(rank, (int)length));
    }
}
