using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A sandbox is trusted once it has shown that it holds.</summary>
internal static class SandboxTrial
{
    private const string Shell = "test ! -e /proc/1 && test ! -e /etc/passwd && test ! -e /root && echo held";

    /// <summary>First of its processes, in empty folders, able to start another, without a capability to lose (the arguments' 23: PR_CAPBSET_READ).</summary>
    private const string Python = """
        import ctypes, os
        assert os.getpid() == 1 and os.getppid() == 0
        assert not any(map(os.listdir, ('/zygote', '/tmp', '/dev/shm'))) and os.listdir('/work') == ['trial.py']
        assert not any(map(os.path.exists, ('/proc/1', '/etc/passwd', '/root')))
        assert not any(ctypes.CDLL(None).prctl(23, capability, 0, 0, 0) == 1 for capability in range(64))
        child = os.fork()
        if child == 0:
            os._exit(7)
        assert os.waitpid(child, 0) == (child, 7 << 8)
        print('held', flush=True)
        ctypes.CDLL(None).unshare(0x20000)
        """;

    /// <exception cref="SandboxMissingException">It does not.</exception>
    public static async Task RunAsync(Sandbox sandbox, CancellationToken cancellationToken)
    {
        var plain = await sandbox.TryAsync(SandboxLimits.Default, null, ["/bin/sh", "-c", Shell], cancellationToken);
        Expect(plain, SandboxEnding.Exited);
        if (sandbox.Mode != SandboxMode.Forked)
            return;

        using var folder = new ProgramFolder();
        folder.Add("trial.py", Python);
        Expect(await sandbox.TryAsync(SandboxLimits.Default, folder, ProgramFolder.Python("trial.py"), cancellationToken), SandboxEnding.Violation);
    }

    private static void Expect(SandboxOutcome trial, SandboxEnding ending)
    {
        if (trial.Ending != ending || Encoding.UTF8.GetString(trial.Output).Trim() != "held")
            throw new SandboxMissingException($"a first program did not run in bubblewrap as it should ({trial.Ending}, exit code {trial.ExitCode}: {trial.Error.Trim()})");
    }
}
