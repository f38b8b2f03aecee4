namespace SeedOrleans.Engine.Storage.LocalFolder;

/// <summary>Reads the names of blobs off the folders that hold their files.</summary>
internal static class FolderListing
{
    /// <returns>In the ordinal order of names.</returns>
    public static List<BlobEntry> Of(string root, string prefix)
    {
        SortedDictionary<string, BlobEntry> found = new(StringComparer.Ordinal);
        var slash = prefix.LastIndexOf('/');
        Walk(slash < 0 ? "" : prefix[..slash]);
        return [.. found.Values];

        void Walk(string folder)
        {
            foreach (var item in Items(Path.Combine(root, folder)))
            {
                var name = folder.Length == 0 ? item.Name : $"{folder}/{item.Name}";
                var isLater = item is DirectoryInfo && name.EndsWith(VersionedFile.LaterMark, StringComparison.Ordinal);
                if (item is DirectoryInfo && !isLater)
                {
                    if (Overlap(name + "/", prefix))
                        Walk(name);

                    continue;
                }

                name = isLater ? name[..^VersionedFile.LaterMark.Length] : name;
                if (name.StartsWith(prefix, StringComparison.Ordinal) && !found.ContainsKey(name))
                    Add(name);
            }
        }

        void Add(string name)
        {
            using var version = new VersionedFile(root, name).FindCurrent();
            if (version is not null)
                found[name] = new BlobEntry(name, version.Length);
        }
    }

    private static bool Overlap(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static List<FileSystemInfo> Items(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(item => !item.Name.StartsWith('.'))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
