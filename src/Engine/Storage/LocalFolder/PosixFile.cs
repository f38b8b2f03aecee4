using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>The two calls that atomic, durable files need and .NET does not offer.</summary>
internal static partial class PosixFile
{
    private const int FileExists = 17; // EEXIST
    private const int NoSuchFile = 2; // ENOENT
    private const int OpenDirectory = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <summary>Gives the file at <paramref name="path"/> a second name, in one step.</summary>
    /// <returns>False where <paramref name="newName"/> is taken.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder of <paramref name="newName"/> is not there.</exception>
    public static bool TryLink(string path, string newName)
    {
        if (Link(path, newName) == 0)
            return true;

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            FileExists => false,
            NoSuchFile => throw new DirectoryNotFoundException($"No folder to link {newName} into."),
            _ => throw Failure($"link {newName}", error),
        };
    }

    /// <summary>Makes names that were linked into, or removed from, a folder survive a loss of power.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, OpenDirectory);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == NoSuchFile)
                return; // Deleted meanwhile, and so has nothing left to keep.

            throw Failure($"open {folder}", error);
        }

        var synced = Sync(descriptor);
        var failure = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (synced != 0)
            throw Failure($"flush {folder}", failure);
    }

    private static IOException Failure(string what, int error) =>
        new($"Could not {what}: {Marshal.GetPInvokeErrorMessage(error)}", new Win32Exception(error));

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string path, string newName);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
