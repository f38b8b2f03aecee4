using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>What this process shows to the ranks of others, and what it asks of them: a certificate that one authority has signed.</summary>
/// <remarks>
/// Both sides show one. Names in certificates are not compared, since ranks are found by address: whoever the authority signs for belongs, so
/// it signs for silos of this cluster only. A certificate that says what it is for says both client and server.
/// </remarks>
public sealed class PeerTls
{
    private readonly SslStreamCertificateContext _mine;
    private readonly X509ChainPolicy _policy;

    /// <param name="mine">With its private key.</param>
    /// <param name="authority">Certificates of the authority.</param>
    public PeerTls(X509Certificate2 mine, X509Certificate2Collection authority)
    {
        _mine = SslStreamCertificateContext.Create(mine, authority, offline: true);
        _policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        _policy.CustomTrustStore.AddRange(authority);
    }

    /// <summary>Reads PEM files.</summary>
    /// <exception cref="FormatException">A file is not there, is no such thing, or does not belong to the others.</exception>
    public static PeerTls Load(string certificate, string key, string authority)
    {
        try
        {
            X509Certificate2Collection trusted = [];
            trusted.ImportFromPemFile(authority);
            var tls = new PeerTls(X509Certificate2.CreateFromPemFile(certificate, key), trusted);
            return tls.WhyRefuse(tls._mine.TargetCertificate) is { } why
                ? throw new FormatException($"{certificate} is none that {authority} vouches for ({why}); others would refuse it: have it signed by that authority.")
                : tls;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new FormatException(
                $"{certificate}, {key} and {authority} are not a certificate, its private key and its authority's certificate in PEM ({unreadable.Message}).", unreadable);
        }
    }

    /// <summary>Greets as the one who connects.</summary>
    /// <exception cref="AuthenticationException">The other side is none of ours, or says so of this one.</exception>
    internal Task<SslStream> ConnectAsync(Socket socket, CancellationToken cancellationToken) => HandshakeAsync(
        socket,
        (stream, check) => stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "rank",
                ClientCertificateContext = _mine,
                CertificateChainPolicy = _policy,
                RemoteCertificateValidationCallback = check,
            },
            cancellationToken));

    /// <summary>Greets as the one who was connected to.</summary>
    /// <inheritdoc cref="ConnectAsync"/>
    internal Task<SslStream> AcceptAsync(Socket socket, CancellationToken cancellationToken) => HandshakeAsync(
        socket,
        (stream, check) => stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _mine,
                ClientCertificateRequired = true,
                CertificateChainPolicy = _policy,
                RemoteCertificateValidationCallback = check,
            },
            cancellationToken));

    private static async Task<SslStream> HandshakeAsync(Socket socket, Func<SslStream, RemoteCertificateValidationCallback, Task> handshake)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        string? refused = null;
        try
        {
            await handshake(stream, (_, certificate, chain, errors) => (refused = WhyRefuse(certificate, chain, errors)) is null);
            return stream;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            await stream.DisposeAsync();
            throw new AuthenticationException((refused ?? failure.Message).TrimEnd('.'), failure);
        }
        catch (Exception)
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static string? WhyRefuse(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is null ? "it shows no certificate"
        : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == 0 ? null
        : $"its certificate {certificate.Subject} does not hold: {Faults(chain)}";

    private static string Faults(X509Chain? chain) =>
        string.Join("; ", (chain?.ChainStatus ?? []).Select(fault => fault.StatusInformation.Trim().TrimEnd('.')).Distinct());

    private string? WhyRefuse(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = _policy.Clone() };
        return chain.Build(certificate) ? null : Faults(chain);
    }
}
