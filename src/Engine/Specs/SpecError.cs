namespace SeedOrleans.Engine.Specs;

/// <summary>One thing that is wrong with a run's spec, and where.</summary>
/// <param name="File">The spec's file as it was named, or <see cref="CommandLine"/> for an override.</param>
/// <param name="Line">Counted from 1; 0 where there is no line.</param>
/// <param name="Key">The whole path, for example <c>training.optimizer.learning_rate</c> or <c>data.train.0.task</c>.</param>
public sealed record SpecError(string File, int Line, string Key, string Message)
{
    public const string CommandLine = "command line";

    /// <returns><c>file:line: key: message</c>, leaving out what there is not.</returns>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}: " : $"{File}: ") + (Key.Length > 0 ? $"{Key}: " : "") + Message;
}
