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

    /// <summary>By sender, then by receiver.</summary>
    private static readonly Gen<long[][]> Deliveries =
        from ranks in Gen.Int[1, 5]
        from lengths in Gen.OneOf(Gen.Const(0L), Gen.Long[0, 200]).Array[ranks].Array[ranks]
        select lengths;

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

    /// <summary>Every rank sends every rank as many elements as it likes, none too.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public Task All_to_all_brings_each_rank_what_is_meant_for_it(Wiring wiring) => Deliveries.SampleAsync(
        async lengths =>
        {
            var ranks = lengths.Length;
            using var group = await TestGroup.MakeAsync(wiring, ranks);

            var received = await group.AllAsync(rank =>
            {
                using var sent = tensor(lengths[rank.Rank].SelectMany((length, to) => Parcel(rank.Rank, to, length)).ToArray());
                var from = Stretches.Of([.. lengths.Select(row => row[rank.Rank])]);
                using var place = zeros(from.Count);
                rank.AllToAll(sent, Stretches.Of(lengths[rank.Rank]), place, from, Cancellation);
                return place.data<float>().ToArray();
            });

            for (var rank = 0; rank < ranks; rank++)
                Assert.Equal(lengths.SelectMany((row, from) => Parcel(from, rank, row[rank])).ToArray(), received[rank]);
        },
        iter: 30,
        threads: 1);

    /// <summary>Types whose sums are exact, so that any order would do: what is tried is that nothing is lost, doubled or misplaced.</summary>
    [Theory]
    [InlineData(Wiring.InProcess, 2)]
    [InlineData(Wiring.InProcess, 3)]
    [InlineData(Wiring.InProcess, 4)]
    [InlineData(Wiring.InProcess, 7)]
    [InlineData(Wiring.Tcp, 2)]
    [InlineData(Wiring.Tcp, 3)]
    [InlineData(Wiring.Tcp, 4)]
    [InlineData(Wiring.Tcp, 7)]
    public async Task Whole_numbers_of_every_width_add_up(Wiring wiring, int ranks)
    {
        using var group = await TestGroup.MakeAsync(wiring, ranks);

        await Gen.Int[1, 5000].SampleAsync(
            async count =>
            {
                var sums = await group.AllAsync(rank =>
                {
                    using var bytes = tensor(Numbers(rank.Rank, count).Select(number => (byte)number).ToArray());
                    using var longs = tensor(Numbers(rank.Rank, count).ToArray());
                    rank.AllReduceSum(bytes, Cancellation);
                    rank.AllReduceSum(longs, Cancellation);
                    return (Bytes: bytes.data<byte>().ToArray(), Longs: longs.data<long>().ToArray());
                });

                var naive = Enumerable.Range(0, count).Select(place => Enumerable.Range(0, ranks).Sum(rank => Numbers(rank, count).ElementAt(place)));
                long[] expected = [.. naive];
                Assert.All(sums, sum => Assert.Equal(expected, sum.Longs));
                Assert.All(sums, sum => Assert.Equal(expected.Select(number => (byte)number).ToArray(), sum.Bytes));
            },
            iter: 5,
            threads: 1);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_message_may_be_a_single_byte(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var seen = await group.AllAsync(rank =>
        {
            using var sum = full([1], (byte)(rank.Rank + 1), ScalarType.Byte);
            rank.AllReduceSum(sum, Cancellation);
            using var passed = zeros([1], ScalarType.Byte);
            using var mine = full([1], (byte)rank.Rank, ScalarType.Byte);
            rank.SendReceive(mine, (rank.Rank + 1) % 3, passed, (rank.Rank + 2) % 3, Cancellation);
            using var root = full([1], (byte)rank.Rank, ScalarType.Byte);
            rank.Broadcast(root, 2, Cancellation);
            return (sum.item<byte>(), passed.item<byte>(), root.item<byte>());
        });

        Assert.Equal([(6, 2, 2), (6, 0, 2), (6, 1, 2)], seen);
    }

    /// <summary>Large enough for the counting of bytes to pass through many pieces; run it with <c>--explicit on</c>.</summary>
    [Theory(Explicit = true)]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_message_may_be_256_megabytes(Wiring wiring)
    {
        const int Elements = 64 << 20;
        using var group = await TestGroup.MakeAsync(wiring, 2);

        var ends = await group.AllAsync(rank =>
        {
            using var values = arange(Elements, float32);
            values.mul_(rank.Rank + 1);
            rank.AllReduceSum(values, Cancellation);
            using var expected = arange(Elements, float32).mul_(3);
            return values.Equals(expected);
        });

        Assert.Equal([true, true], ends);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_rank_that_expects_something_else_than_it_is_sent_fails_and_all_with_it(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 2);

        var endings = await group.EndingsAsync(rank =>
        {
            using var sent = zeros(4);
            using var place = zeros(rank.Rank == 0 ? 4 : 5);
            var from = rank.Rank == 0 ? Stretches.Of(2, 2) : Stretches.Of(3, 2);
            rank.AllToAll(sent, Stretches.Of(2, 2), place, from, Cancellation);
            rank.Barrier(Cancellation);
        });

        Assert.IsType<InvalidOperationException>(endings[1]);
        Assert.Equal(1, Assert.IsType<PeerFailedException>(endings[0]).Rank);
    }

    /// <summary>Each rank passes what it has to the next and takes what the last one has, until it has had everything.</summary>
    [Theory]
    [InlineData(Wiring.InProcess, 2, 1)]
    [InlineData(Wiring.InProcess, 7, 100)]
    [InlineData(Wiring.Tcp, 2, 4_000_001)]
    [InlineData(Wiring.Tcp, 3, 1)]
    [InlineData(Wiring.Tcp, 7, 100)]
    public async Task A_ring_brings_everything_around(Wiring wiring, int ranks, int count)
    {
        using var group = await TestGroup.MakeAsync(wiring, ranks);

        var sums = await group.AllAsync(rank =>
        {
            using var sum = zeros(count);
            var (held, next) = (full([count], MathF.Pow(2, rank.Rank)), zeros(count));
            for (var hop = 0; hop < ranks; hop++)
            {
                sum.add_(held);
                rank.SendReceive(held, (rank.Rank + 1) % ranks, next, (rank.Rank + ranks - 1) % ranks, Cancellation);
                (held, next) = (next, held);
            }

            held.Dispose();
            next.Dispose();
            return (sum.min().item<float>(), sum.max().item<float>());
        });

        Assert.All(sums, sum => Assert.Equal(((1 << ranks) - 1f, (1 << ranks) - 1f), sum));
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Tensors_pass_between_two_ranks_in_order_while_others_do_something_else(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var received = await group.AllAsync(rank =>
        {
            List<float> seen = [];
            for (var turn = 0; turn < 20 && rank.Rank < 2; turn++)
            {
                using var value = full([1], (float)turn);
                if (rank.Rank == 0)
                    rank.Send(value, 1, Cancellation);
                else
                    rank.Receive(value.zero_(), 0, Cancellation);

                seen.Add(value.item<float>());
            }

            rank.Barrier(Cancellation);
            return seen;
        });

        Assert.Equal(Enumerable.Range(0, 20).Select(turn => (float)turn), received[1]);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Who_waits_for_a_rank_that_gives_up_learns_who_it_was(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);

        var endings = await group.EndingsAsync(rank =>
        {
            using var value = zeros(1);
            if (rank.Rank == 0)
                rank.Receive(value, 1, Cancellation);
            else if (rank.Rank == 1)
                rank.SendReceive(value, 2, zeros(1), 0, Cancellation);
            else
                rank.Abort(new InvalidOperationException("out of memory"));
        });

        Assert.Equal(2, Assert.IsType<PeerFailedException>(endings[0]).Rank);
        Assert.Equal(2, Assert.IsType<PeerFailedException>(endings[1]).Rank);
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Nobody_passes_tensors_to_itself_or_to_nobody(Wiring wiring)
    {
        foreach (var peer in (int[])[-1, 0, 2])
        {
            using var group = await TestGroup.MakeAsync(wiring, 2);
            using var value = zeros(1);

            Assert.Throws<ArgumentOutOfRangeException>(() => group.Ranks[0].Send(value, peer, Cancellation));
        }
    }

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

    /// <summary>What a rank sends to another: no two elements of a test are alike.</summary>
    private static IEnumerable<float> Parcel(int from, int to, long length) => Enumerable.Range(0, (int)length).Select(place => (((from * 10) + to) * 1000f) + place);

    private static IEnumerable<long> Numbers(int rank, int count) => Enumerable.Range(0, count).Select(place => ((place + 1L) * (rank + 3)) % 251);

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
