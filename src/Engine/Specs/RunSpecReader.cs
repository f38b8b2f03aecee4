using System.Text;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Reads a run's spec strictly: every mistake at once, each with its line and the way out, before anything starts.</summary>
/// <remarks>YAML → sections with lines → overrides → records → rules → files. Bad input is reported, never thrown.</remarks>
public static class RunSpecReader
{
    /// <summary>Hundreds of times the longest sensible spec.</summary>
    private const long MaxBytes = 1 << 20;

    /// <param name="overrides"><c>key.path=value</c>, the last word on its key.</param>
    /// <param name="knownTasks">Names that <c>task</c> may have, each with its greatest difficulty.</param>
    public static SpecReading Read(string file, IReadOnlyList<string> overrides, IReadOnlyDictionary<string, int> knownTasks)
    {
        if (Directory.Exists(file))
            return Refuse(file, "is a folder; name the file in it");

        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes })
                return Refuse(file, $"is larger than {MaxBytes} bytes; this cannot be a spec");

            var text = File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return Parse(text, file, overrides, knownTasks);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(file, "no such file");
        }
        catch (DecoderFallbackException)
        {
            return Refuse(file, "is no text in UTF-8; this cannot be a spec");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse(file, $"cannot be read: {exception.Message}");
        }
    }

    /// <param name="fileName">Named in errors; its folder is where relative paths begin.</param>
    /// <inheritdoc cref="Read"/>
    public static SpecReading Parse(string yamlText, string fileName, IReadOnlyList<string> overrides, IReadOnlyDictionary<string, int> knownTasks)
    {
        var problems = new SpecProblems(fileName);

        var root = SpecYaml.Read(yamlText, line => new SpecPlace(fileName, line), problems);
        if (root is not SpecSection section)
        {
            if (root is not null)
                problems.Add("", "a spec is a section of keys, such as 'name: my-run'");

            return new SpecReading(null, problems.ToArray());
        }

        SpecOverrides.Apply(section, overrides, problems);
        var spec = new SpecBinder(problems).Bind<RunSpec>(section);
        new SpecRules(problems, knownTasks).Check(spec);
        spec = new SpecFiles(Path.GetDirectoryName(Path.GetFullPath(fileName)) ?? "/", problems).Resolve(spec);

        var errors = problems.ToArray();
        return new SpecReading(errors.IsEmpty ? spec : null, errors);
    }

    private static SpecReading Refuse(string file, string message) => new(null, [new SpecError(file, 0, "", message)]);
}
