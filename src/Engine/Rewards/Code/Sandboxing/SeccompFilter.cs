using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>The system calls that a judged program has no business with, as a program for the kernel's filter (seccomp, classic BPF).</summary>
/// <remarks>
/// Namespaces, limits and an empty file system hold a program already; this makes the kernel itself a smaller target. A forbidden call kills the
/// process with SIGSYS, which the verdict tells as a violation. <c>clone3</c>, whose flags a filter cannot read, says that it does not exist, and
/// C libraries go back to <c>clone</c>. So do calls that take memory which is in no process and no folder, so that nobody would count it.
/// </remarks>
internal static class SeccompFilter
{
    private const int Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfAnyBit = 0x45, Return = 0x06;
    private const uint Kill = 0x8000_0000, Allow = 0x7fff_0000, NoSuchCall = 0x0005_0000 | 38;

    /// <summary>Where a call's number, its architecture and its first argument stand in what the filter sees.</summary>
    private const uint Number = 0, Machine = 4, FirstArgument = 16;

    /// <summary>All CLONE_NEW… flags: a program makes threads and processes, but no namespaces.</summary>
    private const uint NewNamespaces = 0x7e02_0080;

    /// <summary>Numbers from here on belong to another calling convention (x32).</summary>
    private const uint OtherConvention = 0x4000_0000;

    private const uint UnixSockets = 1;

    /// <returns>Null on a machine whose calls are not known here: nothing is filtered there, and nothing is run.</returns>
    public static byte[]? ForThisMachine() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Assemble(0xc000_003e, X64),
        Architecture.Arm64 => Assemble(0xc000_00b7, Arm64),
        _ => null,
    };

    /// <summary>One machine's numbers.</summary>
    /// <param name="Absent">clone3; memfd_create, memfd_secret; shmget, msgget, semget, mq_open.</param>
    private sealed record Calls(uint Fork, uint Socket, uint[] Absent, uint[] Forbidden);

    /// <summary>
    /// ptrace, process_vm_readv/writev, process_madvise, kcmp, pidfd_getfd; mount, umount2, pivot_root, chroot, the new mount calls; setns, unshare;
    /// bpf, perf_event_open, userfaultfd, io_uring; keys; modules, kexec, reboot, swap, accounting, quotas, clocks, host names; file handles.
    /// </summary>
    private static readonly Calls X64 = new(56, 41, [435, 319, 447, 29, 68, 64, 240],
    [
        101, 310, 311, 440, 312, 438, 165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 308, 272,
        321, 298, 323, 425, 426, 427, 248, 249, 250, 175, 313, 176, 246, 320, 169, 167, 168, 163, 179, 164, 227, 159, 305, 170, 171, 303, 304, 103,
    ]);

    private static readonly Calls Arm64 = new(220, 198, [435, 279, 447, 194, 186, 190, 180],
    [
        117, 270, 271, 440, 272, 438, 40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442, 268, 97,
        280, 241, 282, 425, 426, 427, 217, 218, 219, 105, 273, 106, 104, 294, 142, 224, 225, 89, 60, 170, 112, 171, 266, 161, 162, 264, 265, 116,
    ]);

    private static byte[] Assemble(uint machine, Calls calls)
    {
        // Jumps go over so many instructions; the last three are where they all lead.
        List<(int Code, byte IfTrue, byte IfFalse, uint Value)> program =
        [
            (Load, 0, 0, Machine),
            (JumpIfEqual, 1, 0, machine),
            (Return, 0, 0, Kill),
            (Load, 0, 0, Number),
            (JumpIfAtLeast, 0, 1, OtherConvention),
            (Return, 0, 0, Kill),
        ];
        foreach (var call in calls.Absent)
        {
            program.Add((JumpIfEqual, 0, 1, call));
            program.Add((Return, 0, 0, NoSuchCall));
        }

        foreach (var call in calls.Forbidden)
        {
            program.Add((JumpIfEqual, 0, 1, call));
            program.Add((Return, 0, 0, Kill));
        }

        program.AddRange(
        [
            (JumpIfEqual, 0, 3, calls.Fork),
            (Load, 0, 0, FirstArgument),
            (JumpIfAnyBit, 4, 0, NewNamespaces),
            (Return, 0, 0, Allow),
            (JumpIfEqual, 0, 3, calls.Socket),
            (Load, 0, 0, FirstArgument),
            (JumpIfEqual, 1, 0, UnixSockets),
            (Return, 0, 0, Kill),
            (Return, 0, 0, Allow),
        ]);

        var bytes = new byte[8 * program.Count];
        foreach (var (at, (code, ifTrue, ifFalse, value)) in program.Index())
        {
            var instruction = bytes.AsSpan(8 * at, 8);
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, (ushort)code);
            (instruction[2], instruction[3]) = (ifTrue, ifFalse);
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], value);
        }

        return bytes;
    }
}
