using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

/// <summary>Signs certificates for ranks.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _self;

    public TestAuthority(string name)
    {
        var request = NewRequest(name, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _self = request.CreateSelfSigned(DateTimeOffset.UtcNow - (2 * Day), DateTimeOffset.UtcNow + (2 * Day));
    }

    /// <param name="isOver">Its time is.</param>
    /// <param name="trusting">Whom it asks of others; this authority if null.</param>
    public PeerTls Tls(string name, bool isOver = false, TestAuthority? trusting = null) =>
        new(Sign(name, isOver), [X509CertificateLoader.LoadCertificate((trusting ?? this)._self.RawData)]);

    /// <returns>Paths of a certificate, its key and this authority, in PEM.</returns>
    public (string Certificate, string Key, string Authority) Write(string folder, string name)
    {
        using var signed = Sign(name, isOver: false);
        var (certificate, key, authority) = (Path.Combine(folder, $"{name}.crt"), Path.Combine(folder, $"{name}.key"), Path.Combine(folder, $"{name}.ca"));
        File.WriteAllText(certificate, signed.ExportCertificatePem());
        File.WriteAllText(key, signed.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(authority, _self.ExportCertificatePem());
        return (certificate, key, authority);
    }

    public void Dispose() => _self.Dispose();

    private X509Certificate2 Sign(string name, bool isOver)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = NewRequest(name, key).Create(
            _self, DateTimeOffset.UtcNow - Day, DateTimeOffset.UtcNow + (isOver ? -Day / 2 : Day), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private static CertificateRequest NewRequest(string name, ECDsa key) => new($"CN={name}", key, HashAlgorithmName.SHA256);
}
