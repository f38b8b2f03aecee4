using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>A safetensors file, checked when opened and read a tensor at a time.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Entries = ReadHeader();
    }

    public string Path { get; }

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <exception cref="SafetensorsFormatException">The file breaks a promise of the format.</exception>
    /// <exception cref="ModelFolderException">The file cannot be opened.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            return new SafetensorsFile(path, handle);
        }
        catch (Exception failure)
        {
            handle?.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
                throw new ModelFolderException(path, $"cannot be opened ({failure.Message.TrimEnd('.')})", failure);

            throw;
        }
    }

    /// <returns>A tensor on the CPU, of the entry's type and shape; the caller disposes it.</returns>
    /// <exception cref="SafetensorsFormatException">The file holds no such tensor, or one of a type that nothing here computes with.</exception>
    public Tensor Read(string name)
    {
        if (!Entries.TryGetValue(name, out var entry))
            throw new SafetensorsFormatException(Path, $"it has no tensor {name}");

        if (SafetensorsDtype.Named(entry.Dtype)?.Type is not { } type)
            throw new SafetensorsFormatException(Path, $"tensor {name} is {entry.Dtype}, which is not supported; take float32, bfloat16 or float16");

        using var scope = NewDisposeScope();

        var tensor = empty([.. entry.Shape], dtype: type, device: CPU);
        var offset = entry.Offset;
        foreach (var piece in TensorBytes.Pieces(tensor))
        {
            Fill(piece.bytes, offset);
            if (type == ScalarType.Bool && piece.bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
                throw new SafetensorsFormatException(Path, $"tensor {name} is BOOL but holds more than 0 and 1");

            offset += piece.bytes.Length;
        }

        return tensor.MoveToOuterDisposeScope();
    }

    public void Dispose() => _handle.Dispose();

    private Dictionary<string, SafetensorsEntry> ReadHeader()
    {
        var fileBytes = RandomAccess.GetLength(_handle);
        if (fileBytes < SafetensorsHeader.LengthBytes)
            throw new SafetensorsFormatException(Path, $"{fileBytes} bytes are too few for a header");

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        Fill(length, 0);

        var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerBytes > SafetensorsHeader.MostBytes)
            throw new SafetensorsFormatException(Path, $"its header claims {headerBytes} bytes, over the limit of {SafetensorsHeader.MostBytes}");

        if ((long)headerBytes > fileBytes - SafetensorsHeader.LengthBytes)
            throw new SafetensorsFormatException(Path, $"its header claims {headerBytes} bytes, but the file ends before that");

        var json = new byte[(int)headerBytes];
        Fill(json, SafetensorsHeader.LengthBytes);
        return SafetensorsHeader.Read(Path, json, fileBytes);
    }

    private void Fill(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_handle, bytes, offset);
            if (read == 0)
                throw new SafetensorsFormatException(Path, "it shrank while it was read");

            bytes = bytes[read..];
            offset += read;
        }
    }
}
