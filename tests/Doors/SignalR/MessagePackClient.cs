using System.Buffers;
using System.Text;
using System.Text.Json;
using MessagePack;
using WhatsSound.Tests.Doors.Contract;

namespace WhatsSound.Tests.Doors.SignalR;

/// <summary>A client of the SignalR door in the MessagePack hub protocol, by a transport that carries bytes.</summary>
internal sealed class MessagePackClient(IRecords records) : DoorClient
{
    private const byte RecordSeparator = 0x1e;

    private readonly List<byte> _received = [];

    public static async Task<DoorClient> ConnectAsync(Func<Task<IRecords>> open)
    {
        var records = await open();
        var client = new MessagePackClient(records);
        await records.SendAsync([.. """{"protocol":"messagepack","version":1}"""u8, RecordSeparator]);
        var handshake = await client.HandshakeAsync();
        if (handshake != "{}")
            throw new InvalidOperationException($"The connection was not let in: {handshake}");
        client.StartReading();
        return client;
    }

    public override void Kill() => records.Dispose();

    public override Task SendBytesAsync(byte[] bytes) => records.SendAsync([.. PrefixOf(bytes.Length), .. bytes]);

    public override Task SayGoodbyeAsync() => SendBytesAsync([0x92, 7, 0xc0]);

    protected override byte[] BytesOf(long number, string request, string fields)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.Write(request);
        writer.WriteArrayHeader(1);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson(fields));
        writer.WriteArrayHeader(0);
        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    protected override async Task<IReadOnlyList<Arrival>?> ReadAsync()
    {
        if (await records.ReceiveAsync() is not { } bytes)
            return null;
        _received.AddRange(bytes);
        var arrivals = new List<Arrival>();
        while (TakeRecord() is { } record)
        {
            using var document = JsonDocument.Parse(MessagePackSerializer.ConvertToJson(record));
            if (ArrivalOf(document.RootElement.Clone()) is { } arrival)
                arrivals.Add(arrival);
        }

        return arrivals;
    }

    private async Task<string> HandshakeAsync()
    {
        int end;
        while ((end = _received.IndexOf(RecordSeparator)) < 0)
            _received.AddRange(await records.ReceiveAsync() ?? throw new InvalidOperationException("The connection ended before the handshake."));
        return Encoding.UTF8.GetString(Take(0, end, end + 1));
    }

    private byte[]? TakeRecord()
    {
        var length = 0;
        for (var i = 0; i < _received.Count; i++)
        {
            length |= (_received[i] & 0x7f) << (7 * i);
            if (_received[i] < 0x80)
                return _received.Count > i + length ? Take(i + 1, length, i + 1 + length) : null;
        }

        return null;
    }

    private byte[] Take(int start, int length, int end)
    {
        var record = _received.GetRange(start, length).ToArray();
        _received.RemoveRange(0, end);
        return record;
    }

    private static List<byte> PrefixOf(int length)
    {
        List<byte> prefix = [];
        for (; length > 0x7f; length >>= 7)
            prefix.Add((byte)(length | 0x80));
        prefix.Add((byte)length);
        return prefix;
    }

    private static Arrival? ArrivalOf(JsonElement record) => record[0].GetInt32() switch
    {
        1 => ArrivalReader.Event(record[3].GetString()!, record[4][0]),
        3 => ArrivalReader.Answer(long.Parse(record[2].GetString()!, System.Globalization.CultureInfo.InvariantCulture), record[4]),
        6 => new Arrival.Heartbeat(),
        _ => null,
    };
}
