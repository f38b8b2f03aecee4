using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Parallelism.Nccl;

/// <summary>An order of work on a GPU of its own, beside the one that libtorch computes in.</summary>
/// <remarks>CUDA's driver interface, which comes with the driver and needs no version. Belongs to the thread that made it, or to those that enter it.</remarks>
internal sealed partial class CudaStream : IDisposable
{
    private const string Driver = "libcuda.so.1";
    private const uint NonBlocking = 1, WithoutTiming = 2;
    private const int NotReady = 600;

    private readonly int _device;
    private readonly nint _context, _stream, _event;

    public CudaStream(int device)
    {
        Check(Init(0));
        Check(DeviceGet(out _device, device));
        Check(DevicePrimaryContextRetain(out _context, _device));
        Enter();
        Check(StreamCreate(out _stream, NonBlocking));
        Check(EventCreate(out _event, WithoutTiming));
    }

    public nint Handle => _stream;

    /// <summary>Whether all work has been done.</summary>
    public bool IsDone()
    {
        var result = StreamQuery(_stream);
        if (result != NotReady)
            Check(result);

        return result != NotReady;
    }

    /// <summary>Makes the calling thread one of this GPU.</summary>
    public void Enter() => Check(ContextSetCurrent(_context));

    /// <summary>What is given to this stream from now on begins when libtorch's work until now is done.</summary>
    public void FollowComputing()
    {
        Check(EventRecord(_event, 0));
        Check(StreamWaitEvent(_stream, _event, 0));
    }

    public void Dispose()
    {
        _ = EventDestroy(_event);
        _ = StreamDestroy(_stream);
        _ = DevicePrimaryContextRelease(_device);
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"CUDA failed with error {result}.");
    }

    [LibraryImport(Driver, EntryPoint = "cuInit")]
    private static partial int Init(uint flags);

    [LibraryImport(Driver, EntryPoint = "cuDeviceGet")]
    private static partial int DeviceGet(out int device, int ordinal);

    [LibraryImport(Driver, EntryPoint = "cuDevicePrimaryCtxRetain")]
    private static partial int DevicePrimaryContextRetain(out nint context, int device);

    [LibraryImport(Driver, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    private static partial int DevicePrimaryContextRelease(int device);

    [LibraryImport(Driver, EntryPoint = "cuCtxSetCurrent")]
    private static partial int ContextSetCurrent(nint context);

    [LibraryImport(Driver, EntryPoint = "cuStreamCreate")]
    private static partial int StreamCreate(out nint stream, uint flags);

    [LibraryImport(Driver, EntryPoint = "cuStreamDestroy_v2")]
    private static partial int StreamDestroy(nint stream);

    [LibraryImport(Driver, EntryPoint = "cuStreamQuery")]
    private static partial int StreamQuery(nint stream);

    [LibraryImport(Driver, EntryPoint = "cuStreamWaitEvent")]
    private static partial int StreamWaitEvent(nint stream, nint happening, uint flags);

    [LibraryImport(Driver, EntryPoint = "cuEventCreate")]
    private static partial int EventCreate(out nint happening, uint flags);

    [LibraryImport(Driver, EntryPoint = "cuEventRecord")]
    private static partial int EventRecord(nint happening, nint stream);

    [LibraryImport(Driver, EntryPoint = "cuEventDestroy_v2")]
    private static partial int EventDestroy(nint happening);
}
