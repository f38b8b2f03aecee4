using System.Globalization;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Where in a run's history a checkpoint stands, as its name tells. Later branches come after all of earlier ones.</summary>
/// <param name="Branch">How often the run was rewound before it was written.</param>
internal readonly partial record struct CheckpointName(int ColdStartSteps, int Step, int Branch) : IComparable<CheckpointName>
{
    /// <returns>Null where the text is no checkpoint's name.</returns>
    public static CheckpointName? TryParse(string text)
    {
        if (Pattern().Match(text) is not { Success: true, Groups: var parts })
            return null;

        return TryNumber(parts[1], out var coldStartSteps) && TryNumber(parts[2], out var step) && TryNumber(parts[3], out var branch)
            && new CheckpointName(coldStartSteps, step, branch) is var name && name.ToString() == text
                ? name
                : null;
    }

    public int CompareTo(CheckpointName other) => (Branch, ColdStartSteps, Step).CompareTo((other.Branch, other.ColdStartSteps, other.Step));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"c{ColdStartSteps:d6}-s{Step:d8}{(Branch == 0 ? "" : $"-b{Branch}")}");

    private static bool TryNumber(Group digits, out int number)
    {
        number = 0;
        return !digits.Success || int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"\Ac([0-9]{6,})-s([0-9]{8,})(?:-b([0-9]+))?\z")]
    private static partial Regex Pattern();
}
