namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Writes a file so that its name never shows half of it: to a sibling first, then to the disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <exception cref="ModelFolderException">The disk refused; what was at <paramref name="path"/> before is untouched.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var sibling = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(sibling, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(sibling, path, overwrite: true);
        }
        catch (Exception failure)
        {
            // A boundary: whatever failed, half a file must not stay behind to fill the disk.
            TryDelete(sibling);
            if (failure is IOException or UnauthorizedAccessException)
            {
                var problem = $"could not be written ({failure.Message.TrimEnd('.')}); nothing was left behind, so make room or choose another folder";
                throw new ModelFolderException(path, problem, failure);
            }

            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here says more than this one.
        }
    }
}
