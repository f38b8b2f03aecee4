namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>A file is not what the safetensors format promises, so no number in it can be trusted.</summary>
/// <param name="file">The file at fault.</param>
/// <param name="problem">What is wrong, as a clause: "its header is cut off".</param>
public sealed class SafetensorsFormatException(string file, string problem, Exception? innerException = null)
    : Exception($"{file} is no sound safetensors file: {problem}. Fetch or export it again.", innerException)
{
    public string File { get; } = file;

    public string Problem { get; } = problem;
}
