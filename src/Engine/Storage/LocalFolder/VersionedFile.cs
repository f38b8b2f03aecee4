using System.Globalization;

namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>One blob as files: <c>name</c> while it has been written once, then <c>name~/2</c>, <c>name~/3</c> and so on.</summary>
/// <remarks>
/// A version is written by linking a finished file to the next number, which only one writer can do. Nobody holds a lock, so a process
/// that is killed or stopped anywhere stands in nobody's way. A number is used once: to claim one that was used and pruned, a writer
/// would have to sleep through <see cref="KeptVersions"/> others, and finds them when it wakes.
/// </remarks>
internal sealed class VersionedFile(string root, string name)
{
    private const int KeptVersions = 32;

    private readonly string _first = Path.Combine(root, name);
    private readonly string _later = Path.Combine(root, name) + LaterMark;

    /// <summary>No blob's name holds it.</summary>
    public const string LaterMark = "~";

    /// <returns>Null where there is no such blob.</returns>
    public FileVersion? FindCurrent()
    {
        // A version may be pruned between its listing and its opening; then there is a newer one.
        while (true)
        {
            var number = Versions().LastOrDefault();
            if (number == 0 && !File.Exists(_first))
                return null;

            if (FileVersion.TryOpen(PathOf(Math.Max(1, number)), Math.Max(1, number)) is { } version)
                return version;
        }
    }

    /// <returns>Null where the blob exists.</returns>
    public BlobTag? TryCreate(BlobContent content)
    {
        using (var current = FindCurrent())
            if (current is not null)
                return null;

        using var temporary = TemporaryFile.Write(root, content);
        if (!TryLink(temporary, _first))
            return null;

        if (Versions().Count > 0)
        {
            // The name was in use, and its first version pruned, since before we looked.
            File.Delete(_first);
            return null;
        }

        return FileVersion.TagOf(1, temporary.Stamp);
    }

    /// <returns>Null where the current version is not the expected one.</returns>
    public BlobTag? TryReplace(BlobContent content, BlobTag expected)
    {
        int number;
        using (var current = FindCurrent())
        {
            if (current is null || current.Tag != expected)
                return null;

            number = current.Number + 1;
        }

        using var temporary = TemporaryFile.Write(root, content);
        var path = PathOf(number);
        if (!TryLinkVersion(temporary, number))
            return null;

        var versions = Versions();
        var isOverslept = versions.LastOrDefault() - number >= KeptVersions;
        if (isOverslept || IsDeleted(number, expected, versions))
        {
            Remove(path);
            return null;
        }

        Prune(versions, number - KeptVersions);
        return FileVersion.TagOf(number, temporary.Stamp);
    }

    public void Delete()
    {
        var folder = Path.GetDirectoryName(_first)!;
        if (!Directory.Exists(folder))
            return;

        // The first goes first: while later versions stand, they are what counts. Where none stood, another's that stand now on a new
        // first are not ours to delete.
        var hadLater = Directory.Exists(_later);
        File.Delete(_first);
        if (hadLater || (Directory.Exists(_later) && !File.Exists(_first)))
        {
            var trash = Path.Combine(root, TemporaryFile.Folder, Guid.NewGuid().ToString("n"));
            Directory.CreateDirectory(Path.GetDirectoryName(trash)!);
            try
            {
                Directory.Move(_later, trash);
                Directory.Delete(trash, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another deletes it too.
            }
        }

        PosixFile.SyncFolder(folder);
    }

    private string PathOf(int number) => number == 1 ? _first : Path.Combine(_later, number.ToString("d8", CultureInfo.InvariantCulture));

    /// <returns>Numbers from 2 on, rising.</returns>
    private List<int> Versions()
    {
        try
        {
            return [.. Directory.EnumerateFiles(_later).Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Order()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Whether the content that version <paramref name="number"/> was to replace was deleted first; something else may be in its place.</summary>
    private bool IsDeleted(int number, BlobTag expected, List<int> versions)
    {
        // Gone with later versions there is pruned, by those who built on ours.
        using var replaced = FileVersion.TryOpen(PathOf(number - 1), number - 1);
        return replaced is null ? versions.LastOrDefault() <= number : replaced.Tag != expected;
    }

    private bool TryLinkVersion(TemporaryFile temporary, int number)
    {
        if (number == 2)
            return TryLink(temporary, PathOf(2));

        try
        {
            return temporary.TryLinkTo(PathOf(number));
        }
        catch (DirectoryNotFoundException)
        {
            return false; // Deleted since we looked.
        }
    }

    private static bool TryLink(TemporaryFile temporary, string path)
    {
        // A folder that another's deletion left empty may be removed between its making and the link.
        while (true)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                return temporary.TryLinkTo(path);
            }
            catch (DirectoryNotFoundException)
            {
            }
        }
    }

    private void Prune(List<int> versions, int last)
    {
        if (last >= 1)
            File.Delete(_first);

        foreach (var number in versions.TakeWhile(number => number <= last))
            Remove(PathOf(number));
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Deleted with its folder.
        }
    }
}
