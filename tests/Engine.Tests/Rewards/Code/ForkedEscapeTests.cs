using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Programs are forked from one process, which the next are forked from as well.</summary>
public sealed class ForkedEscapeTests(ForkedSandboxFixture fixture) : EscapeTests(fixture), IClassFixture<ForkedSandboxFixture>
{
    private const string Honest = """
        import builtins, os, sys
        assert os.getpid() == 1 and not os.listdir('/tmp') and not os.listdir('/dev/shm') and not os.listdir('/zygote')
        for other in range(2, 300):
            try:
                os.kill(other, 0)
                print('another is there:', other)
            except ProcessLookupError:
                pass
        assert sys.modules['json'].dumps([1]) == '[1]' and not hasattr(builtins, 'left')
        print(int(input()) * 2)
        """;

    private static readonly CodeProblem Doubling = new() { Tests = [new CodeTest("21", "42")], Limits = SandboxFixture.Tight };

    /// <summary>However it ends, it takes nobody with it, and the next finds everything as it should be, in the same zygote.</summary>
    [Theory]
    [InlineData("import os\nos.kill(-1, 9)")]
    [InlineData("import os, signal\nfor number in range(1, 65):\n    for other in [0, -1, *range(1, 100)]:\n        try:\n            if number not in (9, 19) or other != 0: os.kill(other, number)\n        except (OSError, ValueError): pass")]
    [InlineData("import os\nos.killpg(0, 9)")]
    [InlineData("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")]
    [InlineData("import ctypes\nfor other in range(0, 9): ctypes.CDLL(None).ptrace(16, other, 0, 0)")]
    [InlineData("import resource\nfor other in range(1, 9):\n    try: resource.prlimit(other, resource.RLIMIT_CPU, (0, 0))\n    except OSError: pass")]
    [InlineData("import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n            while True: time.sleep(1)\n        os._exit(0)\nprint('gone')")]
    [InlineData("import os\nfor _ in range(2000):\n    try: os.fork()\n    except OSError: pass")]
    [InlineData("import os\nfor channel in [*range(300), 1, 0]:\n    for garbage in (b'0\\n', b'r', b'k', b'\\xff' * 9):\n        try: os.write(channel, garbage)\n        except OSError: pass")]
    [InlineData("import os\nos.closerange(0, 300)\nimport time\ntime.sleep(0.05)")]
    [InlineData("import os, socket\nfor channel in range(3): socket.socket(fileno=channel).shutdown(socket.SHUT_RDWR)")]
    [InlineData("import socket\nsocket.socket(socket.AF_UNIX).connect('/zygote/socket')")]
    [InlineData("import builtins, sys, json, os, gc\nbuiltins.left = 1\njson.dumps = None\nsys.modules.clear()\ndel builtins.print")]
    [InlineData("import gc, types\nfor each in gc.get_objects():\n    if isinstance(each, types.ModuleType):\n        try: each.__dict__.clear()\n        except Exception: pass")]
    [InlineData("import sys\nframe = sys._getframe()\nwhile frame:\n    frame.f_globals.update(run=None, interpret=None, barred=None, compiled={})\n    frame = frame.f_back")]
    [InlineData("import os, signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\nos.nice(10)\nos.umask(0o777)\nos.chdir('/')")]
    [InlineData("import os\nos._exit(0)")]
    [InlineData("import ctypes\nctypes.string_at(0)")]
    [InlineData("import atexit, os\natexit.register(os.abort)")]
    [InlineData("import threading, time\nthreading.Thread(target=lambda: time.sleep(0.1)).start()")]
    public async Task The_next_program_finds_everything_as_it_should_be(string hostile)
    {
        Assert.True((await fixture.JudgeAsync(Doubling, Honest)).IsCorrect);
        var started = fixture.Sandbox.ZygotesStarted;

        Assert.False((await fixture.JudgeAsync(Doubling, hostile)).IsCorrect);
        var next = await fixture.JudgeAsync(Doubling, Honest);

        Assert.True(next.IsCorrect, next.Results[0].Note);
        Assert.Equal(started, fixture.Sandbox.ZygotesStarted);
    }

    /// <summary>
    /// Not in objects, and not in what is left of them. Pages are copied to a pipe, which tells those that are not there without a fault; the search has the two
    /// halves of the secret, and never both in a row.
    /// </summary>
    [Fact]
    public async Task What_one_program_was_given_no_later_one_has_in_memory()
    {
        var (first, second) = ($"{Random.Shared.NextInt64():x16}", $"{Random.Shared.NextInt64():x16}");
        await fixture.JudgeAsync(
            Doubling with { Tests = [new CodeTest(first + second, "42")] }, $"import sys\nkept = ['{first}{second}' * 1000 + sys.stdin.read() for _ in range(100)]");

        var search = $$"""
            import ctypes, gc, os, sys
            first, second = b'{{first}}', b'{{second}}'
            libc = ctypes.CDLL(None)
            libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
            ours, theirs = os.pipe()
            found, pages = 0, 0
            for place in sorted({id(each) >> 22 for each in [*gc.get_objects(), bytes(100000), bytes(1 << 20)]}):
                for page in range(place << 22, (place + 1) << 22, 4096):
                    if libc.write(theirs, page, 4096) == 4096:
                        pages += 1
                        text = os.read(ours, 4096)
                        at = text.find(first)
                        while at >= 0:
                            found += text.startswith(second, at + 16)
                            at = text.find(first, at + 1)
            print(pages > 500 and found > 0 if 'kept' in globals() else pages > 500 and found == 0)
            """;

        Assert.Equal("True", await OutputAsync(search));
        Assert.Equal("True", await OutputAsync($"kept = ''.join(['{first}', '{second}'])\n{search}"));
    }

    [Fact]
    public async Task Where_a_zygote_dies_its_program_is_run_again()
    {
        using var folder = new ProgramFolder();
        folder.Add("program.py", "print('begun', flush=True)\ninput()");
        var attempts = 0;
        var exitCode = await fixture.Sandbox.HoldPlaceAsync(async starter =>
        {
            await using var program = await starter.StartAsync(folder, SandboxFixture.Tight, ProgramFolder.Python("program.py"), Cancellation);
            Assert.True(await program.Output.ReadAsync(new byte[16], Cancellation) > 0);
            if (++attempts == 1)
                Kill(program.Root); // and the program waits for its input, until the end reaches it
            else
                program.Input.WriteByte((byte)'\n');
            return await program.ExitCodeAsync(Cancellation);
        }, Cancellation);

        Assert.Equal((2, 0), (attempts, exitCode));
        Assert.True((await fixture.JudgeAsync(Doubling, Honest)).IsCorrect);
    }

    [Fact]
    public async Task A_zygote_that_died_unseen_is_replaced()
    {
        var root = await fixture.Sandbox.HoldPlaceAsync(async starter =>
        {
            await using var program = await starter.StartAsync(null, SandboxFixture.Tight, ["/usr/bin/true"], Cancellation);
            return program.Root;
        }, Cancellation);
        Kill(root);
        var started = fixture.Sandbox.ZygotesStarted;

        Assert.True((await fixture.JudgeAsync(Doubling, "print(int(input()) * 2)")).IsCorrect);
        Assert.True((await fixture.JudgeAsync(Doubling, Honest)).IsCorrect);
        Assert.InRange(fixture.Sandbox.ZygotesStarted, started, started + 1);
    }

    /// <summary>Two at once have zygotes of their own; only files and processes of its own are there for each.</summary>
    [Fact]
    public async Task Programs_at_the_same_time_do_not_meet()
    {
        const string Lonely = """
            import os, socket, time
            open('/tmp/mine', 'x').close()
            here = socket.socket(socket.AF_UNIX)
            here.bind('\0meeting')
            here.listen()
            time.sleep(0.3)
            assert os.listdir('/tmp') == ['mine']
            print(int(input()) * 2)
            """;

        var judgements = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.JudgeAsync(Doubling, Lonely)));

        Assert.All(judgements, judgement => Assert.True(judgement.IsCorrect, judgement.Results[0].Note));
    }

    private static void Kill(int id)
    {
        using var process = System.Diagnostics.Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }
}
