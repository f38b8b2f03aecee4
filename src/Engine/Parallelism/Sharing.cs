using static TorchSharp.torch;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>What both kinds of groups ask of tensors and of ranks.</summary>
internal static class Sharing
{
    /// <exception cref="ArgumentException">It does not lie in one piece.</exception>
    public static Tensor InOnePiece(this Tensor tensor) =>
        tensor.is_contiguous() ? tensor : throw new ArgumentException("Only contiguous tensors can be shared.");

    /// <returns>[length]: elements of a contiguous tensor, in row-major order.</returns>
    public static Tensor Stretch(this Tensor tensor, (long Start, long Length) stretch) => tensor.view(-1).narrow(0, stretch.Start, stretch.Length);

    /// <summary>Takes over what a rank has sent.</summary>
    /// <exception cref="InvalidOperationException">It is of another size or type.</exception>
    public static void TakeOver(this Tensor place, Tensor sent, int from)
    {
        if ((place.numel(), place.dtype) != (sent.numel(), sent.dtype))
            throw new InvalidOperationException(
                $"Rank {from} sent {sent.numel()} {sent.dtype} where {place.numel()} {place.dtype} were due; all ranks must make the same calls.");

        place.copy_(sent.view_as(place));
    }

    /// <exception cref="ArgumentOutOfRangeException">It is no other rank of the group.</exception>
    public static int AsPeerOf(this int peer, ICommunicator rank) => peer >= 0 && peer < rank.Size && peer != rank.Rank
        ? peer
        : throw new ArgumentOutOfRangeException(nameof(peer), peer, $"Rank {rank.Rank} of {rank.Size} passes tensors to and from the others.");
}
