namespace SeedOrleans.Grains.Tests;

/// <summary>An empty folder that is deleted when it is disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("seed-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whoever wrote into it may be at it still, for a moment.</summary>
    public void Dispose()
    {
        for (var left = 20; ; left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(50);
            }
        }
    }
}
