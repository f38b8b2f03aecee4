using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Adds up one stretch of all ranks' tensors, ((t₀ + t₁) + t₂) + …, in place of this rank's own.</summary>
internal static class RankOrderSum
{
    /// <summary>Small enough to stay in a core's cache while all ranks' pieces are added to it. A GPU has no use for small pieces.</summary>
    private const int PieceBytes = 1 << 18;

    /// <param name="mine">[count], this rank's own.</param>
    /// <param name="part">
    /// Rank, first element, length → that piece of another rank's stretch. Asked for piece by piece, in rank order; a piece is read before
    /// the next is asked for.
    /// </param>
    public static void Compute(Tensor mine, int rank, int size, Func<int, long, long, Tensor> part)
    {
        var count = mine.numel();
        var step = mine.device_type == DeviceType.CPU ? PieceBytes / mine.element_size() : Math.Max(1, count);
        using var before = rank > 1 ? empty([Math.Min(step, count)], mine.dtype, mine.device) : null;
        for (var start = 0L; start < count; start += step)
        {
            using var scope = NewDisposeScope();
            var (first, length) = (start, Math.Min(step, count - start));
            var sum = mine.narrow(0, first, length);

            // Addition commutes bit for bit but does not associate: the ranks before this one are added up apart.
            if (before?.narrow(0, 0, length) is { } apart)
            {
                apart.copy_(part(0, first, length));
                for (var other = 1; other < rank; other++)
                    apart.add_(part(other, first, length));

                sum.add_(apart);
            }
            else if (rank == 1)
            {
                sum.add_(part(0, first, length));
            }

            for (var other = rank + 1; other < size; other++)
                sum.add_(part(other, first, length));
        }
    }
}
