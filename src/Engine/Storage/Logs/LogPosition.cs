namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>A record's place in its log.</summary>
/// <param name="Segment">Counted from 1.</param>
/// <param name="Record">Within the segment, counted from 0.</param>
public readonly record struct LogPosition(long Segment, int Record) : IComparable<LogPosition>
{
    public int CompareTo(LogPosition other) => (Segment, Record).CompareTo((other.Segment, other.Record));

    public override string ToString() => $"{Segment}.{Record}";

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;
}
