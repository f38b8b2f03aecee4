using Orleans.Streams;

namespace SeedOrleans.Grains.Rewards;

/// <summary>Remembers which of the latest messages of a stream were answered.</summary>
internal sealed class JudgedMessages
{
    private const int Most = 256;

    private readonly HashSet<StreamSequenceToken> _known = [];
    private readonly Queue<StreamSequenceToken> _order = [];

    public bool IsNew(StreamSequenceToken? place) => place is null || !_known.Contains(place);

    public void Add(StreamSequenceToken? place)
    {
        if (place is null || !_known.Add(place))
            return;

        _order.Enqueue(place);
        if (_order.Count > Most)
            _known.Remove(_order.Dequeue());
    }
}
