namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Adds up what calls cost, and refuses one that might pass the cap. Safe to use from many threads.</summary>
/// <param name="cap">In the prices' currency.</param>
/// <param name="inputPrice">Of a million tokens.</param>
/// <param name="outputPrice">Of a million tokens.</param>
internal sealed class SpendMeter(double cap, double inputPrice, double outputPrice)
{
    private const double Million = 1e6;

    private readonly Lock _gate = new();
    private double _spent;
    private double _reserved;

    /// <summary>What calls cost so far, those under way not counted.</summary>
    public double Spent
    {
        get
        {
            lock (_gate)
                return _spent;
        }
    }

    /// <summary>Sets aside what a call can cost at most.</summary>
    /// <exception cref="SpendCapReachedException">It might pass the cap.</exception>
    public void Reserve(TokenCount atMost)
    {
        var needed = CostOf(atMost);
        lock (_gate)
        {
            if (_spent + _reserved + needed > cap)
                throw new SpendCapReachedException(cap, _spent + _reserved, needed);

            _reserved += needed;
        }
    }

    /// <summary>Puts what a call did cost in place of what was set aside.</summary>
    public void Settle(TokenCount atMost, TokenCount used)
    {
        lock (_gate)
        {
            _reserved -= CostOf(atMost);
            _spent += CostOf(used);
        }
    }

    private double CostOf(TokenCount tokens) => ((tokens.Input * inputPrice) + (tokens.Output * outputPrice)) / Million;
}
