namespace SeedOrleans.Client.Grading;

/// <summary>A verifier with its options set.</summary>
internal interface IGrader
{
    ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken);
}
