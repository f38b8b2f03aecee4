using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SeedOrleans.Engine.Parallelism.Nccl;

/// <summary>NVIDIA's library for collectives between GPUs, as its C header declares it. Loaded when it is first used.</summary>
/// <remarks>nccl.h of NCCL 2; every call is asynchronous on its stream.</remarks>
internal static unsafe partial class NcclLibrary
{
    public const string Name = "libnccl.so.2";

    /// <summary>ncclSum.</summary>
    public const int Sum = 0;

    private const int RemoteError = 6, InProgress = 7;

    /// <exception cref="NcclMissingException">The machine has none.</exception>
    public static void EnsureLoaded()
    {
        try
        {
            NativeLibrary.Load(Name);
        }
        catch (DllNotFoundException missing)
        {
            throw new NcclMissingException(missing);
        }
    }

    /// <exception cref="PeerLostException">Another rank's end is gone.</exception>
    /// <exception cref="InvalidOperationException">NCCL failed otherwise.</exception>
    public static void Check(int result)
    {
        if (result is 0 or InProgress)
            return;

        var why = $"NCCL failed: {Marshal.PtrToStringUTF8(GetErrorString(result))}.";
        throw result == RemoteError ? new PeerLostException(why) : new InvalidOperationException(why);
    }

    /// <returns>ncclDataType_t.</returns>
    public static int TypeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Int8 => 0,
        torch.ScalarType.Byte => 1,
        torch.ScalarType.Int32 => 2,
        torch.ScalarType.Int64 => 4,
        torch.ScalarType.Float16 => 6,
        torch.ScalarType.Float32 => 7,
        torch.ScalarType.Float64 => 8,
        torch.ScalarType.BFloat16 => 9,
        _ => throw new ArgumentException($"NCCL moves no {type}.", nameof(type)),
    };

    [LibraryImport(Name, EntryPoint = "ncclGetUniqueId")]
    public static partial int GetUniqueId(UniqueId* id);

    [LibraryImport(Name, EntryPoint = "ncclCommInitRank")]
    public static partial int CommInitRank(nint* communicator, int ranks, UniqueId id, int rank);

    [LibraryImport(Name, EntryPoint = "ncclCommAbort")]
    public static partial int CommAbort(nint communicator);

    [LibraryImport(Name, EntryPoint = "ncclCommGetAsyncError")]
    public static partial int CommGetAsyncError(nint communicator, int* error);

    [LibraryImport(Name, EntryPoint = "ncclGroupStart")]
    public static partial int GroupStart();

    [LibraryImport(Name, EntryPoint = "ncclGroupEnd")]
    public static partial int GroupEnd();

    [LibraryImport(Name, EntryPoint = "ncclAllReduce")]
    public static partial int AllReduce(nint sent, nint received, nuint count, int type, int operation, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclReduce")]
    public static partial int Reduce(nint sent, nint received, nuint count, int type, int operation, int root, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclReduceScatter")]
    public static partial int ReduceScatter(nint sent, nint received, nuint receivedCount, int type, int operation, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclAllGather")]
    public static partial int AllGather(nint sent, nint received, nuint sentCount, int type, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclBroadcast")]
    public static partial int Broadcast(nint sent, nint received, nuint count, int type, int root, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclSend")]
    public static partial int Send(nint sent, nuint count, int type, int peer, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclRecv")]
    public static partial int Receive(nint received, nuint count, int type, int peer, nint communicator, nint stream);

    [LibraryImport(Name, EntryPoint = "ncclGetErrorString")]
    private static partial nint GetErrorString(int result);

    /// <summary>What the ranks of one communicator find each other by.</summary>
    [InlineArray(Bytes)]
    public struct UniqueId
    {
        public const int Bytes = 128;

        private byte _first;
    }
}
