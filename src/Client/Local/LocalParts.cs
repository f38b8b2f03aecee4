using System.CommandLine;
using TorchSharp;

namespace SeedOrleans.Client.Local;

/// <summary>Options that the tools which compute in place share, made anew for each.</summary>
internal static class LocalParts
{
    private const string Float32 = "float32", Bfloat16 = "bfloat16", Float16 = "float16";

    public static Option<string> Model() => new("--model")
    {
        Description = "A model folder: config.json and safetensors.",
        HelpName = "DIR",
        Required = true,
    };

    /// <param name="keys">Of a line.</param>
    public static Option<string> Lines(string keys) => new("--in")
    {
        Description = $"JSON lines of {keys}; - is standard input.",
        HelpName = "FILE",
        Required = true,
    };

    public static Option<string> Dtype()
    {
        var option = new Option<string>("--dtype")
        {
            Description = "What to compute in.",
            DefaultValueFactory = _ => Float32,
            HelpName = $"{Float32}|{Bfloat16}|{Float16}",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not (Float32 or Bfloat16 or Float16) and var other)
                result.AddError($"--dtype '{other}' is not known; write {Float32}, {Bfloat16} or {Float16}.");
        });

        return option;
    }

    public static torch.ScalarType TypeOf(string dtype) =>
        dtype switch
        {
            Bfloat16 => torch.ScalarType.BFloat16,
            Float16 => torch.ScalarType.Float16,
            _ => torch.ScalarType.Float32,
        };
}
