namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>Records that a segment should hold and does not, or not as they were written. They are cut off.</summary>
/// <param name="Blob">The segment's name.</param>
/// <param name="Offset">Where the sound bytes end.</param>
/// <param name="LostRecords">Null where the segment's head is damaged too, so that nobody knows.</param>
public sealed record LogDamage(string Blob, long Offset, int? LostRecords, string Reason)
{
    public override string ToString() =>
        $"The log segment '{Blob}' is damaged at byte {Offset} ({Reason}); {(LostRecords is { } lost ? $"{lost}" : "all")} of its records are cut off.";
}
