using System.Text;
using System.Text.Json;
using WhatsSound.Tests.Doors.Contract;

namespace WhatsSound.Tests.Doors.SignalR;

/// <summary>A client of the SignalR door in the JSON hub protocol, by any transport.</summary>
internal sealed class SignalRClient(IRecords records) : DoorClient
{
    private const byte RecordSeparator = 0x1e;

    private readonly List<byte> _received = [];

    public static async Task<DoorClient> ConnectAsync(Func<Task<IRecords>> open)
    {
        var records = await open();
        var client = new SignalRClient(records);
        await client.SendRecordAsync("""{"protocol":"json","version":1}""");
        var handshake = Encoding.UTF8.GetString(await client.HandshakeAsync());
        if (handshake != "{}")
            throw new InvalidOperationException($"The connection was not let in: {handshake}");
        client.StartReading();
        return client;
    }

    public override void Kill() => records.Dispose();

    public override Task SendBytesAsync(byte[] bytes) => records.SendAsync([.. bytes, RecordSeparator]);

    public override Task SayGoodbyeAsync() => SendRecordAsync("""{"type":7}""");

    protected override byte[] BytesOf(long number, string request, string fields) =>
        Encoding.UTF8.GetBytes($$"""{"type":1,"invocationId":"{{number}}","target":"{{request}}","arguments":[{{fields}}]}""");

    protected override async Task<IReadOnlyList<Arrival>?> ReadAsync()
    {
        if (await records.ReceiveAsync() is not { } bytes)
            return null;
        _received.AddRange(bytes);
        var arrivals = new List<Arrival>();
        while (TakeRecord() is { } record)
        {
            using var document = JsonDocument.Parse(record);
            if (ArrivalOf(document.RootElement.Clone()) is { } arrival)
                arrivals.Add(arrival);
        }

        return arrivals;
    }

    private Task SendRecordAsync(string record) => SendBytesAsync(Encoding.UTF8.GetBytes(record));

    private async Task<byte[]> HandshakeAsync()
    {
        while (true)
        {
            if (TakeRecord() is { } record)
                return record;
            _received.AddRange(await records.ReceiveAsync() ?? throw new InvalidOperationException("The connection ended before the handshake."));
        }
    }

    private byte[]? TakeRecord()
    {
        var end = _received.IndexOf(RecordSeparator);
        if (end < 0)
            return null;
        var record = _received.GetRange(0, end).ToArray();
        _received.RemoveRange(0, end + 1);
        return record;
    }

    private static Arrival? ArrivalOf(JsonElement record) => record.GetProperty("type").GetInt32() switch
    {
        1 => ArrivalReader.Event(record.GetProperty("target").GetString()!, record.GetProperty("arguments")[0]),
        3 => ArrivalReader.Answer(
            long.Parse(record.GetProperty("invocationId").GetString()!, System.Globalization.CultureInfo.InvariantCulture), record.GetProperty("result")),
        6 => new Arrival.Heartbeat(),
        _ => null,
    };
}
