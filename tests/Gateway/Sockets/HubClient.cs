using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>
/// A client of the SignalR door over a real WebSocket, as thin as the JSON hub protocol allows, so that a test can also send what a proper client would not.
/// </summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new(StringComparer.Ordinal);
    private readonly Channel<(string Event, JsonElement Content)> _events = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _receiving = Task.CompletedTask;
    private TaskCompletionSource? _stall;
    private long _callsMade;

    /// <summary>Done when the connection has ended, from either side.</summary>
    public Task Ended => _receiving;

    public static async Task<HubClient> ConnectAsync(Uri server, string? token = null, string? connectionToken = null)
    {
        var client = new HubClient();
        var query = token is null ? "?" : $"?access_token={Uri.EscapeDataString(token)}";
        if (connectionToken is not null)
            query += $"&id={Uri.EscapeDataString(connectionToken)}";
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = query }.Uri, CancellationToken.None);
        await client.SendRawAsync("""{"protocol":"json","version":1}""");
        client._receiving = client.ReceiveAsync();
        await client._handshake.Task;
        return client;
    }

    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Calls a method with one argument, and answers <c>{ok, ...}</c>.</summary>
    public Task<JsonElement> CallAsync(string method, object request) => CallRawAsync(method, $"[{JsonSerializer.Serialize(request)}]");

    /// <summary>Calls a method, and answers its result; fails the test if refused.</summary>
    public async Task<JsonElement> ResultAsync(string method, object request)
    {
        var answer = await CallAsync(method, request);
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{method}: {answer}");
        return answer.GetProperty("result");
    }

    /// <summary>Calls a method, and answers the code it is refused with; empty if it is not.</summary>
    public async Task<string> CodeAsync(string method, object request) => CodeOf(await CallAsync(method, request));

    /// <summary>Calls a method with the arguments as written.</summary>
    public async Task<JsonElement> CallRawAsync(string method, string arguments)
    {
        var (id, call) = NextCall();
        await SendRawAsync($$"""{"type":1,"invocationId":"{{id}}","target":{{JsonSerializer.Serialize(method)}},"arguments":{{arguments}}}""");
        return await call;
    }

    /// <summary>Sends a record whose id is <c>$ID$</c>, and waits for its answer.</summary>
    public async Task<JsonElement> CallRecordAsync(string record)
    {
        var (id, call) = NextCall();
        await SendRawAsync(record.Replace("$ID$", id, StringComparison.Ordinal));
        return await call;
    }

    public async Task SendRawAsync(string record)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(record), RecordSeparator];
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next event of a name; others before it are passed over.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        while (true)
        {
            var (target, content) = await _events.Reader.ReadAsync();
            if (target == name)
                return content;
        }
    }

    /// <summary>The next frame of a channel.</summary>
    public async Task<JsonElement> FrameAsync(string channel)
    {
        while (true)
        {
            var frame = await EventAsync("frame");
            if (frame.GetProperty("channel").GetString() == channel)
                return frame;
        }
    }

    /// <summary>Publications of a channel up to and with an offset, from frames.</summary>
    public async Task<List<JsonElement>> PublicationsAsync(string channel, long upTo)
    {
        var publications = new List<JsonElement>();
        while (publications.Count == 0 || publications[^1].GetProperty("offset").GetInt64() < upTo)
            publications.AddRange((await FrameAsync(channel)).GetProperty("publications").EnumerateArray());
        return publications;
    }

    /// <summary>Reads nothing from now on, as a program that hangs does.</summary>
    public void StopReading() => Volatile.Write(ref _stall, new TaskCompletionSource());

    /// <summary>Ends the connection without a word, as a pulled cable does.</summary>
    public void Kill()
    {
        _socket.Abort();
        Volatile.Read(ref _stall)?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    public static string CodeOf(JsonElement answer) =>
        answer.GetProperty("ok").GetBoolean() ? "" : answer.GetProperty("error").GetProperty("code").GetString()!;

    private (string Id, Task<JsonElement> Call) NextCall()
    {
        var id = Interlocked.Increment(ref _callsMade).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var call = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = call;
        return (id, call.Task);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var received = new List<byte>();
        var problem = new InvalidOperationException("The connection has ended.");
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                received.AddRange(buffer.AsSpan(0, part.Count));
                TakeRecords(received);
                if (Volatile.Read(ref _stall) is { } stall)
                    await stall.Task;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Killed by the test or the server; whoever waits is told below.
        }

        _handshake.TrySetException(problem);
        _events.Writer.TryComplete(problem);
        foreach (var call in _calls.Values)
            call.TrySetException(problem);
    }

    private void TakeRecords(List<byte> received)
    {
        for (var end = received.IndexOf(RecordSeparator); end >= 0; end = received.IndexOf(RecordSeparator))
        {
            using var record = JsonDocument.Parse(received.GetRange(0, end).ToArray());
            received.RemoveRange(0, end + 1);
            Take(record.RootElement.Clone());
        }
    }

    private void Take(JsonElement record)
    {
        switch (record.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 0:
                _handshake.TrySetResult();
                break;
            case 1:
                _events.Writer.TryWrite((record.GetProperty("target").GetString()!, record.GetProperty("arguments")[0]));
                break;
            case 3:
                Complete(record);
                break;
        }
    }

    private void Complete(JsonElement record)
    {
        if (!_calls.TryRemove(record.GetProperty("invocationId").GetString()!, out var call))
            return;
        if (record.TryGetProperty("result", out var result))
            call.SetResult(result);
        else
            call.SetException(new InvalidOperationException($"Answered without a code: {record}"));
    }
}
