using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>The experts of a sparse layer, wherever they are.</summary>
internal interface IExperts
{
    /// <param name="rows">[rows, hidden], sorted by expert.</param>
    /// <param name="counts">[experts], int64: rows for each.</param>
    /// <returns>[rows, hidden]: each row as its expert makes it, in the same order.</returns>
    Tensor Apply(Tensor rows, Tensor counts);
}
