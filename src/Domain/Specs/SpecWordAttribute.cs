namespace SeedOrleans.Domain.Specs;

/// <summary>A truth value that may be written as one word in place of its whole section.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SpecWordAttribute(string word) : Attribute
{
    public string Word { get; } = word;
}
