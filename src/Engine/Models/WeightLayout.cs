namespace SeedOrleans.Engine.Models;

/// <summary>Where every tensor of a model lies in one flat stretch of numbers: matrices first, then norms and biases.</summary>
/// <remarks>
/// One flat tensor makes an optimizer step, a gradient reduction and a weight hand-over one operation each. Projections that
/// read the same input lie together (query, key and value; gate and up; all experts of a layer) so that one product
/// computes them; <see cref="WeightSlot.Parts"/> says which of it is which Hugging Face tensor.
/// </remarks>
public sealed class WeightLayout
{
    private readonly Dictionary<string, WeightSlot> _byName;

    private WeightLayout(IReadOnlyList<WeightSlot> slots)
    {
        Slots = slots;
        Count = slots[^1].Offset + slots[^1].Count;
        MatrixCount = slots.Where(slot => slot.IsMatrix).Sum(slot => slot.Count);
        _byName = slots.ToDictionary(slot => slot.Name);
    }

    public IReadOnlyList<WeightSlot> Slots { get; }

    /// <summary>Numbers in all.</summary>
    public long Count { get; }

    /// <summary>Numbers that belong to matrices; they stand first.</summary>
    public long MatrixCount { get; }

    public WeightSlot this[string name] => _byName[name];

    public static WeightLayout Of(ModelConfig config)
    {
        var offset = 0L;
        var slots = new List<WeightSlot>();
        foreach (var slot in WeightCatalog.SlotsOf(config).OrderBy(slot => !slot.IsMatrix))
        {
            slots.Add(slot with { Offset = offset });
            offset += slot.Count;
        }

        return new WeightLayout(slots);
    }
}
