using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SeedOrleans.Engine.Rewards.Code;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Programs that want out, or want all there is. Each writes "out" where it gets what it is after.</summary>
public abstract class EscapeTests(SandboxFixture fixture)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/hostname")]
    [InlineData("/root")]
    [InlineData("/home")]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/1/cmdline")]
    [InlineData("/sys/kernel")]
    [InlineData("/var")]
    [InlineData("/dev/kmsg")]
    [InlineData("/dev/mem")]
    [InlineData("/run")]
    public Task Files_of_the_machine_are_not_there(string path) => AssertHeldAsync($"import os\nif os.path.exists('{path}'): print('out')");

    [Theory]
    [InlineData("/work/program.py")]
    [InlineData("/work/new")]
    [InlineData("/usr/new")]
    [InlineData("/usr/bin/python3")]
    [InlineData("/new")]
    public Task Nothing_but_its_own_temporary_folder_can_be_written(string path) =>
        AssertHeldAsync($"try:\n    open('{path}', 'w').write('x')\n    print('out')\nexcept OSError: pass");

    [Fact]
    public async Task What_one_program_leaves_no_other_finds()
    {
        await OutputAsync("open('/tmp/left', 'w').write('out')\nopen('/dev/shm/left', 'w').write('out')");
        await AssertHeldAsync("import os\nfor path in ('/tmp/left', '/dev/shm/left'):\n    if os.path.exists(path): print('out')");
    }

    [Fact]
    public async Task There_is_no_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await AssertHeldAsync($"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)\nprint('out')", CodeVerdict.SecurityViolation);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task The_environment_is_empty()
    {
        Environment.SetEnvironmentVariable("SEED_TEST_SECRET", "out");
        await AssertHeldAsync("import os\nprint(*[value for name, value in os.environ.items() if name not in ('PATH', 'LANG', 'HOME', 'PWD', 'LC_CTYPE')])");
    }

    [Fact]
    public async Task Other_processes_are_out_of_reach()
    {
        using var sleeper = Process.Start("sleep", "60");
        await AssertHeldAsync($"import os\nfor other in [{sleeper.Id}, {Environment.ProcessId}, -1]:\n    try:\n        os.kill(other, 9)\n        if other > 0: print('out')\n    except OSError: pass");

        Assert.False(sleeper.HasExited);
        sleeper.Kill();
    }

    [Theory]
    [InlineData("os.setuid(0)")]
    [InlineData("os.chroot('/tmp')")]
    [InlineData("os.unshare(0x10000000)")]
    [InlineData("ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0 or 1 // 0")]
    [InlineData("ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0 or 1 // 0")]
    [InlineData("ctypes.CDLL(None).syscall(321, 0, 0, 0) >= 0 or 1 // 0")]
    [InlineData("os.nice(-5)")]
    public Task No_privilege_is_to_be_had(string attempt) => AssertHeldAsync($"import os, ctypes\n{attempt}\nprint('out')", CodeVerdict.RuntimeError, CodeVerdict.SecurityViolation);

    [Fact]
    public async Task A_fork_bomb_stays_small_and_leaves_nothing()
    {
        var output = await OutputAsync("""
            import os, time
            count = 0
            try:
                while count < 500:
                    if os.fork() == 0:
                        time.sleep(100)
                        os._exit(0)
                    count += 1
            except OSError:
                pass
            print(count)
            """);

        Assert.InRange(int.Parse(output, System.Globalization.CultureInfo.InvariantCulture), 1, 40);
    }

    /// <summary>Children share the processor time of nobody: each has its own, and all end with the first.</summary>
    [Theory]
    [InlineData("import os\nwhile True: os.fork()")]
    [InlineData("import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(100)\nos._exit(0)")]
    [InlineData("import sys\nsys.setrecursionlimit(10 ** 9)\nf = lambda: f()\nf()")]
    [InlineData("import signal, time\nfor number in range(1, 65):\n    try: signal.signal(number, signal.SIG_IGN)\n    except (OSError, ValueError): pass\nwhile True: pass")]
    public async Task Whatever_goes_on_is_ended(string program)
    {
        var start = Stopwatch.GetTimestamp();
        await OutputAsync(program);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, SandboxFixture.Tight.WallTime + TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("x = []\nwhile True: x.append('y' * 10_000_000)", CodeVerdict.MemoryLimit)]
    [InlineData("import os\nfile = open('/tmp/x', 'wb')\nwhile True: file.write(b'x' * 1_000_000)", CodeVerdict.RuntimeError)]
    [InlineData("import os, time\nfor _ in range(6):\n    if os.fork() == 0: break\nx = bytearray(b'x') * (80 << 20)\ntime.sleep(100)", CodeVerdict.MemoryLimit)]
    [InlineData("import time\nwith open('/tmp/x', 'wb') as file:\n    for _ in range(63): file.write(b'x' * (1 << 20))\nx = bytearray(b'x') * (98 << 20)\ntime.sleep(100)", CodeVerdict.MemoryLimit)]
    [InlineData("import os\nfor number in range(100):\n    with open(f'/dev/x{number}', 'wb') as file: file.write(b'x')", CodeVerdict.RuntimeError)]
    [InlineData("import os\nfor number in range(100):\n    with open(f'/dev/shm/x{number}', 'wb') as file: file.write(b'x' * (1 << 20))", CodeVerdict.RuntimeError)]
    [InlineData("import os\nos.memfd_create('x')", CodeVerdict.RuntimeError)]
    [InlineData("import os\nchannels = [os.open('/dev/null', 0) for _ in range(1000)]", CodeVerdict.RuntimeError)]
    [InlineData("import sys\nwhile True: sys.stdout.write('x' * 100_000)", CodeVerdict.OutputLimit)]
    [InlineData("import sys\nwhile True: sys.stderr.write('x' * 100_000)", CodeVerdict.TimeLimit)]
    [InlineData("import time\ntime.sleep(1000)", CodeVerdict.TimeLimit)]
    public async Task Nobody_takes_more_than_there_is(string program, CodeVerdict verdict)
    {
        var judgement = await fixture.JudgeAsync(new CodeProblem { Tests = [new CodeTest("", "out")], Limits = SandboxFixture.Tight }, program);

        Assert.Equal(verdict, judgement.Verdict);
    }

    /// <summary>Four processes that each see 100 MiB, the same ones, within 160.</summary>
    [Fact]
    public Task What_processes_share_counts_once() => AssertHeldAsync("""
        import os, time
        x = bytearray(b'x') * (100 << 20)
        children = []
        for _ in range(3):
            child = os.fork()
            if child == 0:
                time.sleep(0.2)
                os._exit(0)
            children.append(child)
        for child in children: os.waitpid(child, 0)
        """);

    /// <summary>A number that stands nowhere but in the expected output.</summary>
    [Fact]
    public async Task What_is_expected_is_nowhere_to_be_found()
    {
        var secret = $"{Random.Shared.NextInt64():x16}";
        var judgement = await fixture.JudgeAsync(
            new CodeProblem { Tests = [new CodeTest("", secret)], Limits = SandboxFixture.Tight },
            """
            import os, sys
            everything = [repr(os.environ), sys.stdin.read(), repr(sys.argv)]
            for top in ('/work', '/tmp', '/dev/shm', '/run', '/proc', '/etc'):
                for root, _, files in os.walk(top):
                    for file in files:
                        try: everything.append(open(os.path.join(root, file), errors='replace').read())
                        except OSError: pass
            for channel in range(3, 64):
                try: everything.append(repr(os.read(channel, 1 << 16)))
                except OSError: pass
            print(''.join(everything))
            """);

        Assert.Equal(CodeVerdict.WrongAnswer, judgement.Verdict);
    }

    /// <summary>It ends as it should, and writes nothing on its way.</summary>
    /// <param name="endings">Accepted where none is given: the program has then seen for itself that there is nothing.</param>
    protected async Task AssertHeldAsync(string program, params CodeVerdict[] endings)
    {
        var judgement = await fixture.JudgeAsync(new CodeProblem { Tests = [new CodeTest("", "")], Limits = SandboxFixture.Tight }, program);

        Assert.True(
            (endings.Length == 0 ? [CodeVerdict.Accepted] : endings).Contains(judgement.IsCorrect ? CodeVerdict.Accepted : judgement.Verdict),
            $"{judgement.Verdict}: {judgement.Results[0].Note}");
        Assert.NotEqual("out", await OutputAsync(program));
    }

    protected async Task<string> OutputAsync(string program)
    {
        using var folder = new Engine.Rewards.Code.Sandboxing.ProgramFolder();
        folder.Add("program.py", program);
        var outcome = await fixture.Sandbox.RunAsync(folder, default, SandboxFixture.Tight, Cancellation, Engine.Rewards.Code.Sandboxing.ProgramFolder.Python("program.py"));
        return System.Text.Encoding.UTF8.GetString(outcome.Output).Trim();
    }
}
