using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>
/// A client of the SignalR door over a bare WebSocket, as thin as the JSON hub protocol allows, for what a proper client would not do: send what is
/// malformed, or stop reading.
/// </summary>
internal sealed class RawHubClient : IHubClient, IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new(StringComparer.Ordinal);
    private readonly HubEvents _events = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _receiving = Task.CompletedTask;
    private TaskCompletionSource? _stall;
    private long _callsMade;
    private Exception? _problem;

    private readonly TaskCompletionSource<JsonElement> _close = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the connection has ended, from either side.</summary>
    public Task Ended => _receiving;

    /// <summary>The hub protocol's Close message.</summary>
    public Task<JsonElement> CloseMessage => _close.Task;

    public static async Task<RawHubClient> ConnectAsync(Uri server, string? token = null, string? connectionToken = null)
    {
        var client = new RawHubClient();
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

    public Task<JsonElement> CallAsync(string method, object request) => CallRawAsync(method, $"[{JsonSerializer.Serialize(request)}]");

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

    public Task SendRawAsync(string record) => SendBytesAsync([.. Encoding.UTF8.GetBytes(record), RecordSeparator]);

    /// <summary>Sends records, or parts of one, as they are.</summary>
    public async Task SendBytesAsync(byte[] bytes)
    {
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

    /// <inheritdoc cref="HubEvents.NextAsync"/>
    public Task<JsonElement> EventAsync(string name) => _events.NextAsync(name);

    /// <inheritdoc cref="HubEvents.FrameAsync"/>
    public Task<JsonElement> FrameAsync(string channel) => _events.FrameAsync(channel);

    /// <inheritdoc cref="HubEvents.PublicationsAsync"/>
    public Task<List<JsonElement>> PublicationsAsync(string channel, long upTo) => _events.PublicationsAsync(channel, upTo);

    /// <summary>Reads nothing from now on, as a program that hangs does.</summary>
    public void StopReading() => Volatile.Write(ref _stall, new TaskCompletionSource());

    /// <summary>Ends the connection with a close frame and nothing else.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status)
    {
        await _socket.CloseOutputAsync(status, statusDescription: null, CancellationToken.None);
        await _receiving;
    }

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

    private (string Id, Task<JsonElement> Call) NextCall()
    {
        var id = Interlocked.Increment(ref _callsMade).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var call = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = call;
        // The connection may have ended before anybody could know of this call.
        if (Volatile.Read(ref _problem) is { } problem)
            call.TrySetException(problem);
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

        Volatile.Write(ref _problem, problem);
        _handshake.TrySetException(problem);
        _events.End(problem);
        _close.TrySetException(problem);
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
            case 0 when record.TryGetProperty("error", out var error):
                _handshake.TrySetException(new InvalidOperationException(error.GetString()));
                break;
            case 0:
                _handshake.TrySetResult();
                break;
            case 1:
                _events.Add(record.GetProperty("target").GetString()!, record.GetProperty("arguments")[0]);
                break;
            case 3:
                Complete(record);
                break;
            case 7:
                _close.TrySetResult(record);
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
