namespace SeedOrleans.Engine.Metrics;

/// <summary>Appends all or nothing: a disk that fills in the middle of a record leaves no part of it behind.</summary>
internal static class WholeAppend
{
    public static void AppendWhole(this Stream file, ReadOnlySpan<byte> record)
    {
        var end = file.Position;
        try
        {
            file.Write(record);
        }
        catch
        {
            file.SetLength(end);
            file.Position = end;
            throw;
        }
    }
}
