namespace SeedOrleans.Engine.Storage;

/// <summary>Tells one content of a blob from every other that its name has had: an entity tag. Opaque.</summary>
public readonly record struct BlobTag(string Value)
{
    public override string ToString() => Value;
}
