using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Lets each token look at the tokens before it; training and sampling keep those in different places.</summary>
public interface IAttention
{
    /// <param name="query">[tokens, heads, headDim].</param>
    /// <param name="key">[tokens, keyValueHeads, headDim].</param>
    /// <param name="value">As <paramref name="key"/>.</param>
    /// <returns>[tokens, heads · headDim].</returns>
    Tensor Attend(int layer, Tensor query, Tensor key, Tensor value);
}
