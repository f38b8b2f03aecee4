using System.Collections.Immutable;

namespace SeedOrleans.Client.Grading;

/// <summary>A verifier with its options set.</summary>
internal interface IGrader : IDisposable
{
    /// <summary>Lines that are graded at the same time; the next is read before the first of them is done.</summary>
    int AtOnce => 1;

    /// <summary>A reference may stand in its line as JSON.</summary>
    bool TakesJson => false;

    /// <summary>A line may have a group of responses.</summary>
    bool TakesGroups => false;

    ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken);

    /// <returns>A grade for each response of a line with a group.</returns>
    ValueTask<ImmutableArray<Grade>> GradeGroupAsync(GradeLine line, CancellationToken cancellationToken) => throw new NotSupportedException();

    void IDisposable.Dispose()
    {
    }
}
