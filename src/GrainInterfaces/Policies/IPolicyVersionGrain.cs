namespace SeedOrleans.GrainInterfaces.Policies;

/// <summary>One snapshot of the policy's weights: who uses it, and when it may leave storage. Key: run/policy/version.</summary>
/// <remarks>
/// In memory the weights lie with the rank that made them and with the silos that sample with them. In storage they lie when a
/// silo without them asked, until the version is retired and nobody holds it.
/// </remarks>
[Alias("seed.policy-version-grain")]
public interface IPolicyVersionGrain : IGrainWithStringKey
{
    /// <summary>Keeps the stored weights for <paramref name="holder"/>. Repeating changes nothing.</summary>
    [Alias("lease")]
    Task LeaseAsync(string holder, CancellationToken cancellationToken);

    /// <summary>Ends a lease; ending one that does not exist changes nothing.</summary>
    [Alias("release")]
    Task ReleaseAsync(string holder, CancellationToken cancellationToken);

    /// <summary>A newer version has taken its place.</summary>
    [Alias("retire")]
    Task RetireAsync(CancellationToken cancellationToken);
}
