using System.Text;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.DataTools;

/// <summary>A file that appears whole or not at all: it is written beside its place, and moved there at the end.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path, _beside, _option;
    private readonly StreamWriter _writer;

    private OutputFile(string path, string beside, string option, StreamWriter writer) =>
        (_path, _beside, _option, _writer) = (path, beside, option, writer);

    /// <param name="option">That names the file, for messages.</param>
    /// <param name="inputs">Files that are never written to.</param>
    /// <exception cref="CommandFailedException">It is one of the inputs, or nothing can be written there.</exception>
    public static OutputFile Create(string path, string option, params IEnumerable<string> inputs)
    {
        if (inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)))
            throw new CommandFailedException(ExitCode.Usage, $"{path} is an input, which stays as it is; give another {option}.");
        if (Directory.Exists(path))
            throw new CommandFailedException(ExitCode.Usage, $"{path} is a folder; {option} takes a file.");

        var beside = $"{path}.{Guid.NewGuid():N}.part";
        return new OutputFile(path, beside, option, Try(path, option, () => new StreamWriter(beside, append: false, new UTF8Encoding(false)) { NewLine = "\n" }));
    }

    public void Write(string line) => _writer.WriteLine(line);

    /// <summary>Puts the file in its place, over an older one.</summary>
    public void Keep() => Try(_path, _option, () =>
    {
        _writer.Flush();
        ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
        _writer.Dispose();
        File.Move(_beside, _path, overwrite: true);
        return true;
    });

    /// <summary>Leaves nothing unless it was kept.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_beside);
    }

    private static T Try<T>(string path, string option, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{path} cannot be written ({failure.Message.TrimEnd('.')}); give another {option}.");
        }
    }
}
