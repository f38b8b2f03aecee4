namespace SeedOrleans.GrainInterfaces.Policies;

/// <summary>One snapshot of the policy's weights: who uses it, and when it may go. Key: run/policy/version.</summary>
/// <remarks>The weights themselves lie in the silo's memory; they are freed when the version is retired and nobody leases it.</remarks>
[Alias("seed.policy-version-grain")]
public interface IPolicyVersionGrain : IGrainWithStringKey
{
    /// <summary>Keeps the weights alive for <paramref name="holder"/>. Repeating changes nothing.</summary>
    /// <returns>False where the weights are gone or were never published.</returns>
    [Alias("lease")]
    Task<bool> LeaseAsync(string holder, CancellationToken cancellationToken);

    /// <summary>Ends a lease; ending one that does not exist changes nothing.</summary>
    [Alias("release")]
    Task ReleaseAsync(string holder, CancellationToken cancellationToken);

    /// <summary>A newer version has taken its place.</summary>
    [Alias("retire")]
    Task RetireAsync(CancellationToken cancellationToken);
}
