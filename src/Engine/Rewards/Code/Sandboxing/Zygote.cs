using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>
/// A sandbox that lasts, with one trusted Python process (Drivers/zygote.py) that forks a process for each program, one at a time. The fork has namespaces of
/// its own for processes and files, drops all privileges, takes the filter and limits, and only then becomes the program.
/// </summary>
/// <remarks>
/// What a program is given goes through three sockets that its own process opens, never through the zygote's memory, so no later fork can find it.
/// </remarks>
internal sealed class Zygote : IDisposable
{
    /// <summary>For what should take milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What Linux calls the level, the option that tells a socket's other side, and where in it the user stands.</summary>
    private const int SocketLevel = 1, PeerCredentials = 17, CredentialsSize = 12, UserAt = 4;

    private readonly ProgramFolder _folder;
    private readonly Socket _listener;
    private readonly Process _process;
    private readonly uint? _user;
    private Socket? _control;

    private Zygote(ProgramFolder folder, Socket listener, Process process, uint? user) =>
        (_folder, _listener, _process, _user) = (folder, listener, process, user);

    /// <summary>Below which all of a program's processes are.</summary>
    public int ProcessId => _process.Id;

    /// <exception cref="ZygoteDiedException">It does not start here.</exception>
    public static async Task<Zygote> StartAsync(CancellationToken cancellationToken)
    {
        var user = Bubblewrap.NewUser();
        var folder = new ProgramFolder();
        foreach (var driver in (string[])["zygote.py", "values.py", "functions.py", "asserts.py"])
            folder.Add(driver, Drivers.Read(driver));
        folder.Add("filter", Bubblewrap.Filter);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(folder.Path, "socket");
        listener.Bind(new UnixDomainSocketEndPoint(path));
        ProgramFolder.Show(path, user is null ? UnixFileMode.None : UnixFileMode.OtherWrite);

        listener.Listen();

        var process = await Bubblewrap.StartZygoteAsync(folder, user);
        var zygote = new Zygote(folder, listener, process, user);
        var error = StreamTail.ReadAsync(process.StandardError.BaseStream, SandboxLimits.ErrorBytes, CancellationToken.None);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            zygote._control = await zygote.AcceptAsync(process.WaitForExitAsync(patience.Token), patience.Token);
            return zygote;
        }
        catch (Exception failure)
        {
            zygote.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw failure is ZygoteDiedException or OperationCanceledException
                ? new ZygoteDiedException($"it did not start ({Encoding.UTF8.GetString(await error).Trim()})")
                : failure;
        }
    }

    /// <returns>The program, which has begun. Only then may another be asked for, when this one has ended.</returns>
    /// <exception cref="ZygoteDiedException">It did not start one.</exception>
    public async Task<ZygoteProgram> RunAsync(
        ProgramFolder? folder, SandboxLimits limits, string[] command, Action<bool> handBack, CancellationToken cancellationToken)
    {
        List<Socket> streams = [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _control!.SendAsync("r"u8.ToArray(), patience.Token);
            var exitCode = ReadExitCodeAsync();
            while (streams.Count < 3)
                streams.Add(await AcceptAsync(exitCode, patience.Token));

            using (var given = new NetworkStream(streams[0]))
                await given.WriteAsync(Given(folder, limits, command), patience.Token);

            var ready = new byte[1];
            return await streams[1].ReceiveAsync(ready, patience.Token) == 1
                ? new ZygoteProgram(this, [.. streams], exitCode, limits, handBack)
                : throw new ZygoteDiedException($"a program was not started ({await ComplaintAsync(streams[2])})");
        }
        catch (Exception failure)
        {
            streams.ForEach(stream => stream.Dispose());
            cancellationToken.ThrowIfCancellationRequested();
            throw failure is SocketException or IOException or OperationCanceledException ? new ZygoteDiedException(failure.Message) : failure;
        }
    }

    public void KillProgram()
    {
        try
        {
            _control!.Send("k"u8);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Then so is the program.
        }
    }

    public void Dispose()
    {
        _control?.Dispose();
        _listener.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _folder.Dispose();
    }

    private static async Task<string> ComplaintAsync(Socket error)
    {
        using var stream = new NetworkStream(error);
        using var patience = new CancellationTokenSource(Patience);
        return Encoding.UTF8.GetString(await StreamTail.ReadAsync(stream, SandboxLimits.ErrorBytes, patience.Token)).Trim();
    }

    /// <returns>As zygote.py says where it reads it.</returns>
    private static byte[] Given(ProgramFolder? folder, SandboxLimits limits, string[] command)
    {
        var files = folder?.Files ?? [];
        object[] parts =
        [
            0, limits.CpuSeconds, limits.MemoryBytes, limits.Processes + Bubblewrap.OwnProcesses, SandboxLimits.TemporaryBytes, SandboxLimits.Channels,
            SandboxLimits.TemporaryBytes, SandboxLimits.SharedBytes, command.Length, .. command, .. files.SelectMany(file => (object[])[file.Name, file.Bytes.Length]),
        ];
        var task = Encoding.UTF8.GetBytes(string.Join('\0', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))));
        var given = new MemoryStream();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, task.Length);
        foreach (var bytes in (byte[][])[length, task, .. files.Select(file => file.Bytes)])
            given.Write(bytes);

        return given.ToArray();
    }

    /// <summary>The sandbox's next connection, unless <paramref name="end"/> comes first.</summary>
    private async Task<Socket> AcceptAsync(Task end, CancellationToken cancellationToken)
    {
        while (true)
        {
            var accepted = _listener.AcceptAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(accepted, end).WaitAsync(cancellationToken) != accepted)
                throw new ZygoteDiedException("it ended");

            var socket = await accepted;
            if (IsOurs(socket))
                return socket;

            socket.Dispose();
        }
    }

    /// <summary>Others may find the socket's name; they do not have the sandbox's user number.</summary>
    private bool IsOurs(Socket socket)
    {
        var credentials = new byte[CredentialsSize];
        return _user is null
            || (socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialsSize && BitConverter.ToUInt32(credentials, UserAt) == _user);
    }

    private async Task<int> ReadExitCodeAsync()
    {
        try
        {
            var line = new StringBuilder();
            var one = new byte[1];
            while (await _control!.ReceiveAsync(one) == 1)
            {
                if (one[0] == '\n')
                    return int.Parse(line.ToString(), CultureInfo.InvariantCulture);

                line.Append((char)one[0]);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // As at the end of what it says.
        }

        throw new ZygoteDiedException("it ended while a program ran");
    }
}
