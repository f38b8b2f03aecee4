using System.Security.Cryptography;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>A name for a whole model's bits, whoever holds them.</summary>
internal static class WholeHash
{
    /// <returns>SHA-256 of all tensors in the order of their layout, and of the router biases; lower-case hexadecimal.</returns>
    public static string Of(ShardedWeights weights, ICommunicator world, CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        if (weights.IsWhole)
            return Convert.ToHexStringLower(Of(WeightLayout.Of(weights.Config).Slots.Select(slot => weights.Find(slot.Name)!), weights.RouterBias));

        var hash = zeros(SHA256.HashSizeInBytes, ScalarType.Byte);
        using (var whole = weights.Collect(cancellationToken))
            if (whole is not null)
                Of(whole.Layout.Slots.Select(slot => whole[slot.Name]), whole.RouterBias).CopyTo(hash.bytes);

        world.Broadcast(hash, root: 0, cancellationToken);
        return Convert.ToHexStringLower(hash.bytes);
    }

    private static byte[] Of(IEnumerable<Tensor> tensors, Tensor routerBias)
    {
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors.Append(routerBias))
            hasher.AppendData(tensor.bytes);

        return hasher.GetHashAndReset();
    }
}
