using System.Runtime.InteropServices;
using TorchSharp;

namespace SeedOrleans.Engine.Tensors;

/// <summary>Loads libtorch once, before any tensor exists.</summary>
public static partial class LibTorch
{
    /// <summary>A folder with another libtorch (a GPU machine's own, say), loaded instead of the package's.</summary>
    public const string FolderVariable = "SEED_LIBTORCH";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Safe to repeat and to call from any thread.</summary>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        // libgomp reads its settings when it is loaded and from the C environment only, which .NET's does not write to.
        // Idle OpenMP threads that spin would take the core that the silo's membership needs.
        _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", 0);

        // Where oneDNN finds AVX-512 it multiplies matrices that PackedMatrix laid out wrongly (libtorch 2.10, sizes that are no multiple
        // of its blocks). With AVX2 the products are right, and the same bits on both kinds of processor.
        _ = SetEnvironment("ONEDNN_MAX_CPU_ISA", "AVX2", 0);

        KeepMemory();
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
            LoadFrom(folder);

        torch.InitializeDeviceType(DeviceType.CPU);
        torch.set_num_threads(1);
        return true;
    }

    /// <summary>
    /// Freed memory stays the process's. glibc's allocator gives blocks of 32 MiB and more back to the system at once, and a training step takes
    /// dozens of them: having their pages made and zeroed again cost more than half of a step.
    /// </summary>
    private static void KeepMemory()
    {
        const int TrimThreshold = -1, TopPad = -2, MapThreshold = -3;
        _ = SetAllocator(MapThreshold, 1 << 30);
        _ = SetAllocator(TrimThreshold, int.MaxValue);
        _ = SetAllocator(TopPad, 64 << 20);
    }

    private static void LoadFrom(string folder)
    {
        // By absolute path and in order of dependence: the loader then finds each by its name for the next.
        foreach (var name in (string[])["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"])
            if (Path.Combine(folder, name) is var path && File.Exists(path))
                NativeLibrary.Load(path);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
