namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>A model folder, or a file of it, cannot be read or written as Hugging Face's format wants it.</summary>
/// <param name="path">The file or folder at fault.</param>
/// <param name="problem">What is wrong and what to do, as a sentence without its end.</param>
public sealed class ModelFolderException(string path, string problem, Exception? innerException = null)
    : Exception($"{path}: {problem}.", innerException)
{
    public string Path { get; } = path;

    public string Problem { get; } = problem;
}
