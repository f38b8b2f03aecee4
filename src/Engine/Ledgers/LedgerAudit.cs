using System.Globalization;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>Goes through a run's committed steps and finds what must never be: groups trained on twice or passed by, and a chain that does not hold.</summary>
/// <remarks>Steps are added in their order, from the ledger's first.</remarks>
public sealed class LedgerAudit
{
    private readonly List<string> _findings = [];
    private StepRecord? _last;

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Prompt groups in more than one step.</summary>
    public long Duplicated { get; private set; }

    /// <summary>Prompt groups that no step trained on or refused, though later ones were taken.</summary>
    public long Lost { get; private set; }

    /// <summary>Steps looked at.</summary>
    public int Steps { get; private set; }

    public void Add(StepRecord record)
    {
        Steps++;
        if (_last is { } last)
            CheckFollows(last, record);

        var trained = record.Fates.Count(fate => fate == GroupFate.Trained);
        var span = record.NextCursor - record.Cursor;
        if (record.Fates.Length != span || trained != record.Consumed || record.Dropped.Values.Sum() != span - trained)
        {
            Lost += Math.Max(0, span - record.Consumed - record.Dropped.Values.Sum());
            _findings.Add(Text($"Step {record.Step} passes {span} groups, trains on {record.Consumed}, refuses {record.Dropped.Values.Sum()} and tells the fates of {record.Fates.Length}."));
        }

        // The same response of the same prompt may come again when the prompts come round; within one round it may not.
        foreach (var twice in record.Trajectories.GroupBy(name => name).Where(name => name.Count() > 1))
        {
            Duplicated++;
            _findings.Add(Text($"Step {record.Step} trains on {twice.Key} {twice.Count()} times."));
        }

        _last = record;
    }

    private void CheckFollows(StepRecord last, StepRecord record)
    {
        if (record.Step != last.Step + 1)
            _findings.Add(Text($"Step {record.Step} comes after step {last.Step}."));

        if (record.Cursor > last.NextCursor)
        {
            Lost += record.Cursor - last.NextCursor;
            _findings.Add(Text($"Step {record.Step} begins at group {record.Cursor} and step {last.Step} ended at {last.NextCursor}: those between are lost."));
        }

        if (record.Cursor < last.NextCursor)
        {
            Duplicated += last.NextCursor - record.Cursor;
            _findings.Add(Text($"Step {record.Step} begins at group {record.Cursor} and step {last.Step} ended at {last.NextCursor}: those between count twice."));
        }

        if (record.Previous != last.ChainAfter(record.WeightsBefore))
            _findings.Add(Text($"Step {record.Step} does not continue the hash chain of step {last.Step}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
