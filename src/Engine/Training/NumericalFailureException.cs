namespace SeedOrleans.Engine.Training;

/// <summary>A number that training cannot go on from.</summary>
public sealed class NumericalFailureException(string quantity, double value)
    : Exception($"{quantity} is {value}; lower the learning rate or max_gradient_norm, and look at the data of this step.");
