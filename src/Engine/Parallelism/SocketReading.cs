using System.Net.Sockets;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Reads all of what is due, where a socket gives what it has.</summary>
internal static class SocketReading
{
    extension(Socket socket)
    {
        /// <exception cref="SocketException">The connection ended first.</exception>
        public async Task<byte[]> ReceiveExactlyAsync(int count, CancellationToken cancellationToken)
        {
            var bytes = new byte[count];
            for (var at = 0; at < count;)
            {
                var read = await socket.ReceiveAsync(bytes.AsMemory(at), cancellationToken);
                at += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
            }

            return bytes;
        }

        /// <inheritdoc cref="ReceiveExactlyAsync"/>
        public void ReceiveExactly(Span<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var read = socket.Receive(bytes);
                bytes = read > 0 ? bytes[read..] : throw new SocketException((int)SocketError.ConnectionReset);
            }
        }
    }
}
