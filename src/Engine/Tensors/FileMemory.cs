using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>Tensors whose memory is a file's: the system keeps of them what there is room for, and has the rest on disk.</summary>
/// <remarks>Files have no name any more once they are mapped, so nothing is left of them whatever becomes of the process.</remarks>
/// <param name="folder">On a disk, not in memory; made where it is missing.</param>
public sealed class FileMemory(string folder)
{
    private readonly ConcurrentBag<Tensor> _free = [];

    /// <returns>[count], zeros; the caller's.</returns>
    /// <exception cref="IOException">The folder cannot hold it.</exception>
    public Tensor Allocate(long count, ScalarType type)
    {
        if (count == 0)
            return empty([0], type);

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        try
        {
            // The whole length is taken on the disk now: a full disk is an exception here, and would be the end of the process later.
            using (File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, count * empty([0], type).element_size()))
            {
            }

            return from_file(path, shared: true, size: count, dtype: type);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Lets the system take a tensor's memory; its numbers stay, in the file.</summary>
    public static void PageOut(Tensor flat) => TensorPages.Drop(flat);

    /// <summary>Moves a tensor's numbers into a file and gives its memory back; until they are back nobody may read it.</summary>
    /// <param name="tensor">Contiguous, and alone in its memory.</param>
    /// <returns>Brings them back; called once.</returns>
    internal Action MoveOut(Tensor tensor)
    {
        var kept = Rent(tensor.numel(), tensor.dtype);
        var place = TensorPages.Another(tensor).DetachFromDisposeScope();
        Copy(place, kept);
        PageOut(kept);
        TensorPages.Free(place);
        return () =>
        {
            TensorPages.Take(place);
            Copy(kept, place);
            PageOut(kept);
            _free.Add(kept);
            place.Dispose();
        };
    }

    /// <summary>As many numbers as the smaller of the two has.</summary>
    private static void Copy(Tensor from, Tensor to)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var count = Math.Min(from.numel(), to.numel());
        to.view(to.numel()).narrow(0, 0, count).copy_(from.view(from.numel()).narrow(0, 0, count));
    }

    private Tensor Rent(long count, ScalarType type)
    {
        for (var tries = _free.Count; tries > 0 && _free.TryTake(out var free); tries--)
        {
            if (free.dtype == type && free.numel() >= count)
                return free;

            _free.Add(free);
        }

        return Allocate(count, type).DetachFromDisposeScope();
    }
}
