using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Silos;

/// <summary>Keeps a silo's log in a file, and its last lines at hand. A full disk loses lines, never the run.</summary>
internal sealed class SiloLog(string file) : IDisposable
{
    private const int TailLines = 20;

    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = [];
    private readonly StreamWriter _writer =
        new(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };

    public void Add(string line)
    {
        lock (_gate)
        {
            _tail.Enqueue(HostileText.OneLine(line, 400));
            if (_tail.Count > TailLines)
                _tail.Dequeue();

            try
            {
                _writer.WriteLine(line);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
            }
        }
    }

    public string Tail()
    {
        lock (_gate)
            return string.Join('\n', [.. _tail.Select(line => $"  {line}"), $"  (all of it: {file})"]);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                _writer.Dispose();
            }
            catch (IOException)
            {
            }
        }
    }
}
