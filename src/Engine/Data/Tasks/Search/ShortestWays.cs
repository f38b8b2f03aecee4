namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Breadth-first search.</summary>
internal static class ShortestWays
{
    /// <summary>More states than any puzzle here has; a search that sees more gives up.</summary>
    private const int MaxStates = 50_000;

    /// <param name="next">Moves from a state, each with the state that it leads to.</param>
    /// <returns>The fewest moves that lead to a goal, the first such in the order of <paramref name="next"/>; null where none do.</returns>
    public static List<TMove>? Find<TState, TMove>(
        TState start, Func<TState, IEnumerable<(TMove Move, TState State)>> next, Predicate<TState> isGoal)
        where TState : notnull
    {
        var before = new Dictionary<TState, (TState State, TMove Move)> { [start] = default };
        var open = new Queue<TState>([start]);
        while (open.TryDequeue(out var state) && before.Count < MaxStates)
        {
            if (isGoal(state))
                return MovesTo(state, start, before);

            foreach (var (move, later) in next(state))
            {
                if (before.TryAdd(later, (state, move)))
                    open.Enqueue(later);
            }
        }

        return null;
    }

    private static List<TMove> MovesTo<TState, TMove>(TState state, TState start, Dictionary<TState, (TState State, TMove Move)> before)
        where TState : notnull
    {
        List<TMove> moves = [];
        for (; !state.Equals(start); state = before[state].State)
            moves.Add(before[state].Move);

        moves.Reverse();
        return moves;
    }
}
