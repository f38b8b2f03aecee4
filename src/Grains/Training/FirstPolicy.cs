using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Randomness;
using static TorchSharp.torch;

namespace SeedOrleans.Grains.Training;

/// <summary>The weights that a run begins with: a folder's, or random ones that are a function of the run's seed.</summary>
internal static class FirstPolicy
{
    public static ModelWeights Make(RunSpec spec, int vocabulary)
    {
        var type = spec.Model.Dtype == NumberFormat.Bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        return spec.Model.Path is { } folder
            ? PolicyFolder.Load(folder, type)
            : ModelWeights.Random(
                ModelConfig.FromShape(spec.Model.Shape!, vocabulary),
                AddressedRandom.Derive((ulong)spec.Seed, "initial weights"), type);
    }
}
