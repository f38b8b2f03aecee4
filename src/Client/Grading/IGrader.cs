namespace SeedOrleans.Client.Grading;

/// <summary>A verifier with its options set.</summary>
internal interface IGrader : IDisposable
{
    /// <summary>Lines that are graded at the same time; the next is read before the first of them is done.</summary>
    int AtOnce => 1;

    /// <summary>A reference may stand in its line as JSON.</summary>
    bool TakesJson => false;

    ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken);

    void IDisposable.Dispose()
    {
    }
}
