namespace SeedOrleans.Engine.Specs;

/// <summary>Where a piece of a spec was written.</summary>
/// <param name="Line">Counted from 1; 0 where there is no line.</param>
internal readonly record struct SpecPlace(string File, int Line)
{
    public static SpecPlace CommandLine => new(SpecError.CommandLine, 0);

    public bool IsCommandLine() => File == SpecError.CommandLine && Line == 0;
}
