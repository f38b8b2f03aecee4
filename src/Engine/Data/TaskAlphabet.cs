using System.Collections.Immutable;
using System.Text;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Engine.Data;

/// <summary>Collects the characters that a tokenizer of characters must have for a run's data.</summary>
public static class TaskAlphabet
{
    /// <param name="sources">Training's and evaluation's together.</param>
    /// <param name="instructions">Whether tasks' rules and examples stand before their questions.</param>
    /// <returns>Each character once, in order of code points.</returns>
    public static async Task<string> OfAsync(
        ImmutableArray<DataSource> sources, PromptTemplate template, CancellationToken cancellationToken, bool instructions = false)
    {
        var characters = new SortedSet<Rune>();
        if (template == PromptTemplate.Chatml)
            characters.UnionWith(ChatMl.Alphabet.EnumerateRunes());

        foreach (var source in sources.IsDefault ? [] : sources)
        {
            if (source.Task is { } task)
                characters.UnionWith(TaskCatalog.Find(task).Alphabet.EnumerateRunes());
            if (instructions && source.Task is { } worded)
                characters.UnionWith(TaskInstructions.Before(TaskCatalog.Find(worded), "").EnumerateRunes());
            if (source.File is not { } file)
                continue;

            foreach (var row in await DataFile.ReadAsync(file, source.Count, cancellationToken))
            {
                foreach (var message in row.Messages)
                    characters.UnionWith($"{message.Role}\n{message.Content}".EnumerateRunes());
                characters.UnionWith((row.Solution + row.GroundTruth).EnumerateRunes());
            }
        }

        return string.Concat(characters);
    }
}
