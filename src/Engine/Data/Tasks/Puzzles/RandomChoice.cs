using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Choices that generators make all the time.</summary>
internal static class RandomChoice
{
    extension(RandomSequence random)
    {
        public bool Coin() => random.Next(0, 1) == 0;

        public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(0, items.Count - 1)];

        public char Pick(string symbols) => symbols[random.Next(0, symbols.Length - 1)];

        /// <returns>The items in a random order.</returns>
        public T[] Shuffled<T>(IEnumerable<T> items)
        {
            T[] shuffled = [.. items];
            random.Shuffle(shuffled.AsSpan());
            return shuffled;
        }

        /// <returns>0 to <paramref name="count"/> − 1 in a random order.</returns>
        public int[] Order(int count) => random.Shuffled(Enumerable.Range(0, count));

        /// <returns>So many different items.</returns>
        public T[] Sample<T>(IEnumerable<T> items, int count) => random.Shuffled(items)[..count];
    }
}
