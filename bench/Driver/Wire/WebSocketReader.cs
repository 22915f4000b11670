using System.Buffers.Binary;

namespace WhatsSound.Bench.Wire;

/// <summary>
/// Cuts what a server sent into WebSocket frames, in place. Only what a client needs: frames are unmasked, extensions are not negotiated.
/// The buffer grows to the largest frame seen.
/// </summary>
internal sealed class WebSocketReader
{
    private const int LengthMask = 0x7F;
    private const int OpCodeMask = 0x0F;
    private const int FinalMask = 0x80;

    private byte[] _buffer = new byte[2048];
    private int _start;
    private int _end;

    /// <summary>Where the next bytes from the socket go; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_start == _end)
                _start = _end = 0;
            MakeRoomFor(IncompleteFrameBytes());
            return _buffer.AsMemory(_end);
        }
    }

    public void Add(int count) => _end += count;

    /// <summary>Adds bytes that were read elsewhere, before the first of the socket's own.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length)
            _buffer = new byte[bytes.Length];
        bytes.CopyTo(_buffer);
        _end = bytes.Length;
    }

    /// <summary>The next whole frame; its payload is valid until <see cref="Free"/> is read again.</summary>
    public bool TryRead(out WebSocketFrame frame)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        frame = default;
        if (!TryMeasure(bytes, out var header, out var length) || bytes.Length < header + length)
            return false;

        frame = new WebSocketFrame((WebSocketOpCode)(bytes[0] & OpCodeMask), (bytes[0] & FinalMask) != 0, bytes.Slice(header, length));
        _start += header + length;
        return true;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        header = 2;
        length = 0;
        if (bytes.Length < header)
            return false;

        length = bytes[1] & LengthMask;
        header += length switch { 126 => sizeof(ushort), 127 => sizeof(ulong), _ => 0 };
        if (bytes.Length < header)
            return false;

        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (length == 127)
            length = checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]));
        return true;
    }

    private int IncompleteFrameBytes() =>
        TryMeasure(_buffer.AsSpan(_start, _end - _start), out var header, out var length) ? header + length : header;

    private void MakeRoomFor(int frameBytes)
    {
        if (_start + frameBytes <= _buffer.Length && _end < _buffer.Length)
            return;

        var target = frameBytes > _buffer.Length ? new byte[Math.Max(frameBytes, _buffer.Length * 2)] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _buffer = target;
        _end -= _start;
        _start = 0;
    }
}
