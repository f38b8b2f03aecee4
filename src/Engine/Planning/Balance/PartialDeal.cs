namespace SeedOrleans.Engine.Planning.Balance;

/// <summary>Some of the items in k parts. Only parts with items are kept, fullest first; the others are empty.</summary>
internal sealed class PartialDeal
{
    private readonly int _parts;
    private Part[] _full;
    private int _count;

    /// <param name="items">One for each of the first parts, fullest first; at most <paramref name="parts"/>.</param>
    public PartialDeal(int parts, int order, int[] items, IReadOnlyList<double> weights)
    {
        (_parts, Order) = (parts, order);
        _full = [.. items.Select(item => new Part(weights[item], item, item))];
        _count = items.Length;
    }

    /// <summary>Decides between equals: the deal that was there first goes first.</summary>
    public int Order { get; }

    public double Largest => _full[0].Load;

    public double Spread => Largest - (_count < _parts ? 0 : _full[_count - 1].Load);

    /// <summary>Adds another deal, its emptiest part to the fullest here; the other is of no more use.</summary>
    public PartialDeal LayOnto(PartialDeal other, int[] chain)
    {
        if (_count < _parts && other._count == 1)
            Insert(other._full[0]);
        else
            Merge(other, chain);

        return this;
    }

    public List<int>[] Items(int[] chain)
    {
        var items = Enumerable.Range(0, _parts).Select(_ => new List<int>()).ToArray();
        for (var part = 0; part < _count; part++)
            for (var item = _full[part].First; ; item = chain[item])
            {
                items[part].Add(item);
                if (item == _full[part].Last)
                    break;
            }

        return items;
    }

    private void Insert(Part part)
    {
        var at = Array.BinarySearch(_full, 0, _count, part);
        at = at < 0 ? ~at : at;
        if (_count == _full.Length)
            Array.Resize(ref _full, Math.Min(_parts, 2 * _count));

        Array.Copy(_full, at, _full, at + 1, _count - at);
        _full[at] = part;
        _count++;
    }

    /// <summary>Part i here meets part k−1−i there; where either is empty, the other stays as it is.</summary>
    private void Merge(PartialDeal other, int[] chain)
    {
        var merged = new Part[Math.Min(_parts, _count + other._count)];
        var at = 0;
        for (var part = 0; part < _count; part++)
        {
            var met = _parts - 1 - part;
            merged[at++] = met < other._count ? _full[part].With(other._full[met], chain) : _full[part];
        }

        for (var part = 0; part < other._count && part <= _parts - 1 - _count; part++)
            merged[at++] = other._full[part];

        Array.Sort(merged);
        (_full, _count) = (merged, at);
    }

    /// <summary>A part's items, as a chain from the first to the last.</summary>
    private readonly record struct Part(double Load, int First, int Last) : IComparable<Part>
    {
        /// <summary>Fullest first; between equals, by item, so that no sort can tell two runs apart.</summary>
        public int CompareTo(Part other) => other.Load != Load ? other.Load.CompareTo(Load) : First.CompareTo(other.First);

        public Part With(Part other, int[] chain)
        {
            chain[Last] = other.First;
            return new Part(Load + other.Load, First, other.Last);
        }
    }
}
