namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Dynamic sampling found too few groups to learn from.</summary>
[GenerateSerializer, Alias("seed.collection-exhausted")]
public sealed class CollectionExhaustedException(int wanted, int informative, int sampled, int allCorrect)
    : Exception(
        $"Only {informative} of {sampled} prompt groups had both right and wrong answers ({allCorrect} all right, "
        + $"{sampled - informative - allCorrect} all wrong) and the step needs {wanted}. "
        + "Make the tasks harder or easier, raise training.group_size or training.max_oversampling, "
        + "or set algorithm.dynamic_sampling: false.");
