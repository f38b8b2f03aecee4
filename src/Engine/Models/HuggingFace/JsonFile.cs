using System.Text.Json;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>Opens the JSON files of a model folder strictly: one object, no key twice, no surprising size.</summary>
internal static class JsonFile
{
    private const long MostBytes = 100_000_000;

    /// <returns>A document whose root is an object; the caller disposes it.</returns>
    /// <exception cref="ModelFolderException">The file is missing, too large, or no JSON object.</exception>
    public static JsonDocument Open(string path)
    {
        if (!File.Exists(path))
            throw new ModelFolderException(path, "there is no such file; a model folder in Hugging Face's format has one");

        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
                throw new ModelFolderException(path, $"{stream.Length} bytes are too many for such a file; fetch it again");

            var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;

            document.Dispose();
            throw new ModelFolderException(path, "holds no JSON object; fetch it again");
        }
        catch (JsonException failure)
        {
            throw new ModelFolderException(path, $"is no sound JSON ({failure.Message.TrimEnd('.')}); fetch it again", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, $"could not be read ({failure.Message.TrimEnd('.')})", failure);
        }
    }
}
