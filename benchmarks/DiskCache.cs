using System.Runtime.InteropServices;

namespace SeedOrleans.Benchmarks;

/// <summary>Makes the system forget what it holds of flushed files, so that the next read is the disk's.</summary>
internal static partial class DiskCache
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    public static void Forget(string path)
    {
        using var file = File.OpenHandle(path);
        var error = Advise((int)file.DangerousGetHandle(), 0, 0, DontNeed);
        if (error != 0)
            throw new IOException($"posix_fadvise of {path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    public static void ForgetAll(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Forget(path);
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int descriptor, long offset, long length, int advice);
}
