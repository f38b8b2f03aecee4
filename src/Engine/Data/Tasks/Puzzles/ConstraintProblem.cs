using System.Numerics;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Says of some variables, in the order of a constraint's scope and −1 where unset, whether they may still obey it.</summary>
internal delegate bool MayHold(ReadOnlySpan<int> values);

/// <summary>Variables with few values each and what they must obey: finds and counts solutions, and gives up after so many steps.</summary>
/// <remarks>Depth first, the variable with the fewest values left first; each step looks one ahead.</remarks>
/// <param name="variables">How many.</param>
/// <param name="values">Each is 0 to this − 1; at most 32.</param>
/// <param name="maxSteps">Values set in one search.</param>
internal sealed class ConstraintProblem(int variables, int values, int maxSteps = 4000)
{
    private readonly List<int>[] _peers = [.. Enumerable.Range(0, variables).Select(_ => new List<int>())];
    private readonly List<(int[] Scope, MayHold MayHold)>[] _constraints =
        [.. Enumerable.Range(0, variables).Select(_ => new List<(int[], MayHold)>())];

    public int Variables => variables;

    public void AllDifferent(IReadOnlyCollection<int> scope)
    {
        foreach (var variable in scope)
            _peers[variable].AddRange(scope.Where(other => other != variable).Except(_peers[variable]));
    }

    public void Require(int[] scope, MayHold mayHold)
    {
        foreach (var variable in scope)
            _constraints[variable].Add((scope, mayHold));
    }

    /// <param name="givens">A value for each variable, or −1.</param>
    /// <param name="random">Tries values in random order; null: in ascending order.</param>
    /// <returns>Null where there is no solution, or none was found in time.</returns>
    public ConstraintSolution? Solve(ReadOnlySpan<int> givens, RandomSequence? random = null)
    {
        var search = Start(givens, limit: 1, random);
        return search.Found == 1 ? search.Current() : null;
    }

    /// <returns>False also where the steps did not suffice to know.</returns>
    public bool HasOneSolution(ReadOnlySpan<int> givens)
    {
        var search = Start(givens, limit: 2, random: null);
        return search is { Found: 1, GaveUp: false };
    }

    /// <summary>Clears cells of a solution in random order for as long as no other solution appears.</summary>
    /// <param name="blanks">Stops when so many are clear.</param>
    /// <returns>The values that are left, −1 elsewhere.</returns>
    public int[] Clear(int[] solution, int blanks, RandomSequence random)
    {
        int[] givens = [.. solution];
        foreach (var variable in random.Order(variables))
        {
            if (blanks == 0)
                break;

            givens[variable] = -1;
            if (HasOneSolution(givens))
                blanks--;
            else
                givens[variable] = solution[variable];
        }

        return givens;
    }

    private Search Start(ReadOnlySpan<int> givens, int limit, RandomSequence? random)
    {
        var search = new Search(this, limit, maxSteps, random);
        var domains = new uint[variables];
        for (var variable = 0; variable < variables; variable++)
            domains[variable] = givens[variable] < 0 ? uint.MaxValue >> (32 - values) : 1u << givens[variable];

        search.Run(domains, depth: 0);
        return search;
    }

    /// <summary>One walk through the tree of choices.</summary>
    private sealed class Search(ConstraintProblem problem, int limit, int stepsLeft, RandomSequence? random)
    {
        private readonly int[] _values = [.. Enumerable.Repeat(-1, problem.Variables)];
        private readonly int[] _order = new int[problem.Variables];
        private readonly uint[][] _levels = new uint[problem.Variables][];

        public int Found { get; private set; }

        public bool GaveUp { get; private set; }

        public ConstraintSolution Current() => new([.. _values], [.. _order]);

        /// <returns>True where the search is over.</returns>
        public bool Run(uint[] domains, int depth)
        {
            if (depth == problem.Variables)
                return ++Found == limit;

            var variable = Narrowest(domains);
            _order[depth] = variable;
            var next = _levels[depth] ??= new uint[problem.Variables];
            foreach (var value in ValuesOf(domains[variable]))
            {
                if (stepsLeft-- == 0)
                    return GaveUp = true;

                domains.CopyTo(next, 0);
                _values[variable] = value;
                if (Narrow(next, variable) && Run(next, depth + 1))
                    return true;
            }

            _values[variable] = -1;
            return false;
        }

        private int Narrowest(uint[] domains)
        {
            var (narrowest, fewest) = (-1, int.MaxValue);
            for (var variable = 0; variable < domains.Length && fewest > 1; variable++)
            {
                if (_values[variable] < 0 && BitOperations.PopCount(domains[variable]) is var count && count < fewest)
                    (narrowest, fewest) = (variable, count);
            }

            return narrowest;
        }

        private int[] ValuesOf(uint domain)
        {
            var items = new int[BitOperations.PopCount(domain)];
            for (var i = 0; i < items.Length; i++, domain &= domain - 1)
                items[i] = BitOperations.TrailingZeroCount(domain);

            random?.Shuffle(items.AsSpan());
            return items;
        }

        private bool Narrow(uint[] domains, int variable)
        {
            domains[variable] = 1u << _values[variable];
            foreach (var peer in problem._peers[variable])
            {
                domains[peer] &= ~domains[variable];
                if (domains[peer] == 0)
                    return false;
            }

            foreach (var (scope, mayHold) in problem._constraints[variable])
            {
                if (!Narrow(domains, scope, mayHold))
                    return false;
            }

            return true;
        }

        private bool Narrow(uint[] domains, int[] scope, MayHold mayHold)
        {
            Span<int> seen = stackalloc int[scope.Length];
            var (unset, last) = (0, -1);
            for (var i = 0; i < scope.Length; i++)
            {
                seen[i] = _values[scope[i]];
                if (seen[i] < 0)
                    (unset, last) = (unset + 1, i);
            }

            if (unset != 1)
                return mayHold(seen);

            ref var domain = ref domains[scope[last]];
            for (var left = domain; left != 0; left &= left - 1)
            {
                seen[last] = BitOperations.TrailingZeroCount(left);
                if (!mayHold(seen))
                    domain &= ~(1u << seen[last]);
            }

            return domain != 0;
        }
    }
}
