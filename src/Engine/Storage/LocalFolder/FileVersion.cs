using Microsoft.Win32.SafeHandles;

namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>One version of a blob, open: it can be read to its end also when it is pruned or deleted meanwhile.</summary>
internal sealed class FileVersion : IDisposable
{
    private readonly SafeFileHandle _file;

    private FileVersion(SafeFileHandle file, int number)
    {
        _file = file;
        Number = number;
        Length = RandomAccess.GetLength(file);
        Tag = TagOf(number, File.GetLastWriteTimeUtc(file));
    }

    public int Number { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    public BlobTag Tag { get; }

    public static BlobTag TagOf(int number, DateTime stamp) => new($"{number}-{stamp.Ticks:x}");

    /// <returns>Null where the file is gone.</returns>
    public static FileVersion? TryOpen(string path, int number)
    {
        try
        {
            return new FileVersion(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan), number);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <returns>The bytes read: fewer than asked for only at the end.</returns>
    public int Read(Span<byte> buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = RandomAccess.Read(_file, buffer[filled..], offset + filled);
            if (read == 0)
                break;

            filled += read;
        }

        return filled;
    }

    public void Dispose() => _file.Dispose();
}
