using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Benchmarks;

/// <summary>Signs certificates for ranks whose connections are encrypted.</summary>
internal sealed class Authority : IDisposable
{
    private readonly X509Certificate2 _self;

    public Authority()
    {
        var request = new CertificateRequest("CN=benchmark", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _self = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public PeerTls Tls(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).Create(
            _self, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return new PeerTls(signed.CopyWithPrivateKey(key), [X509CertificateLoader.LoadCertificate(_self.RawData)]);
    }

    public void Dispose() => _self.Dispose();
}
