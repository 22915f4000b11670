using System.Buffers;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A byte behind each record: the JSON hub protocol, and the handshake of all.</summary>
internal sealed class SeparatorFraming : IHubFraming
{
    private const byte RecordSeparator = 0x1e;

    public static SeparatorFraming Instance { get; } = new();

    public HubRecord Find(in ReadOnlySequence<byte> input, long searched)
    {
        if (input.Slice(searched).PositionOf(RecordSeparator) is not { } at)
            return new HubRecord(0, input.Length, End: null);
        var length = input.Slice(0, at).Length;
        return new HubRecord(0, length, length + 1);
    }
}
