using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Tensors;

/// <summary>libtorch's allocator of CPU memory with a note on every block of whose it is, so that each thread's memory can be counted.</summary>
/// <remarks>
/// A C++ object made by hand: a copy of the default allocator's table of virtual functions, of which two are ours (c10::Allocator of libtorch 2.10).
/// A block begins with a head of <see cref="HeadBytes"/>; what libtorch sees begins after it, as well aligned as before.
/// </remarks>
internal static unsafe partial class CountingAllocator
{
    private const int HeadBytes = 64, VirtualFunctions = 6, AllocateSlot = 2, RawDeleterSlot = 4;

    /// <summary>Blocks that were made before there was a count have no head.</summary>
    private const long Mark = 0x5EED_0C0D_4B10_C5A7;

    private static readonly Lazy<bool> Installed = new(Install);
    private static void* _default;
    private static delegate* unmanaged<Block*, void*, nuint, Block*> _allocate;
    private static delegate* unmanaged<void*, void> _delete;

    /// <summary>Once and for good, for the whole process. Safe to repeat.</summary>
    public static void EnsureInstalled() => _ = Installed.Value;

    private static bool Install()
    {
        LibTorch.EnsureLoaded();
        _default = GetDefault();
        var theirs = *(void***)_default;
        _allocate = (delegate* unmanaged<Block*, void*, nuint, Block*>)theirs[AllocateSlot];
        _delete = ((delegate* unmanaged<void*, delegate* unmanaged<void*, void>>)theirs[RawDeleterSlot])(_default);

        // Two words precede a table: where the whole object begins, and its type.
        var table = (void**)NativeMemory.Alloc((VirtualFunctions + 2) * (nuint)sizeof(void*));
        NativeMemory.Copy(theirs - 2, table, (VirtualFunctions + 2) * (nuint)sizeof(void*));
        table[2 + AllocateSlot] = (delegate* unmanaged<Block*, void*, nuint, Block*>)&Allocate;
        table[2 + RawDeleterSlot] = (delegate* unmanaged<void*, delegate* unmanaged<void*, void>>)&RawDeleter;
        var allocator = (void**)NativeMemory.Alloc((nuint)sizeof(void*));
        *allocator = table + 2;
        Use(allocator, byte.MaxValue);
        return true;
    }

    [UnmanagedCallersOnly]
    private static Block* Allocate(Block* result, void* self, nuint bytes)
    {
        if (bytes == 0)
            return _allocate(result, _default, 0);

        _allocate(result, _default, bytes + HeadBytes);
        var head = (Head*)result->Data;
        if (head is null)
            return result;

        *head = new Head { Mark = Mark, Account = MemoryMeter.Charge((long)bytes), Bytes = (long)bytes };
        result->Data = result->Context = (byte*)head + HeadBytes;
        result->Delete = &Delete;
        return result;
    }

    [UnmanagedCallersOnly]
    private static void Delete(void* data) => DeleteBlock(data);

    [UnmanagedCallersOnly]
    private static delegate* unmanaged<void*, void> RawDeleter(void* self) => &Delete;

    private static void DeleteBlock(void* data)
    {
        if (data is null)
            return;

        var head = (Head*)((byte*)data - HeadBytes);
        if (head->Mark != Mark)
        {
            _delete(data);
            return;
        }

        MemoryMeter.Charge(-head->Bytes, head->Account);
        head->Mark = 0;
        _delete(head);
    }

    [LibraryImport("c10", EntryPoint = "_ZN3c1022GetDefaultCPUAllocatorEv")]
    private static partial void* GetDefault();

    [LibraryImport("c10", EntryPoint = "_ZN3c1015SetCPUAllocatorEPNS_9AllocatorEh")]
    private static partial void Use(void* allocator, byte priority);

    /// <summary>c10::DataPtr: memory, how it is given back, and on which device it is.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Block
    {
        public void* Data;
        public delegate* unmanaged<void*, void> Delete;
        public void* Context;
        public ushort Device;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Head
    {
        public long Mark, Bytes;
        public int Account;
    }
}
