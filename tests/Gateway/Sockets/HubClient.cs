using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>An unmodified .NET client of the SignalR door: negotiation, then a WebSocket.</summary>
internal sealed class HubClient : IHubClient, IAsyncDisposable
{
    private static readonly string[] EventNames = ["frame", "lost", "detached", "closing"];

    private readonly HubConnection _connection;
    private readonly HubEvents _events = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientWebSocket? _socket;

    private HubClient(Uri server, string? token)
    {
        var query = token is null ? "" : $"?access_token={Uri.EscapeDataString(token)}";
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, $"/hub{query}"), options => options.WebSocketFactory = async (context, cancellationToken) =>
            {
                _socket = new ClientWebSocket();
                await _socket.ConnectAsync(context.Uri, cancellationToken);
                return _socket;
            })
            .Build();
        foreach (var name in EventNames)
            _connection.On<JsonElement>(name, content => _events.Add(name, content));
        _connection.Closed += OnClosedAsync;
    }

    /// <summary>Done when the connection has ended, from either side.</summary>
    public Task Ended => _ended.Task;

    public static async Task<HubClient> ConnectAsync(Uri server, string? token = null)
    {
        var client = new HubClient(server, token);
        await client._connection.StartAsync();
        return client;
    }

    public async Task<JsonElement> CallAsync(string method, object request)
    {
        try
        {
            return await _connection.InvokeAsync<JsonElement>(method, request);
        }
        catch (HubException exception)
        {
            throw new InvalidOperationException($"{method} was answered without a code.", exception);
        }
        catch (Exception exception) when (exception is IOException or WebSocketException or OperationCanceledException)
        {
            throw new InvalidOperationException("The connection has ended.", exception);
        }
    }

    /// <inheritdoc cref="HubEvents.AnyAsync"/>
    public Task<(string Name, JsonElement Content)> AnyEventAsync() => _events.AnyAsync();

    /// <inheritdoc cref="HubEvents.NextAsync"/>
    public Task<JsonElement> EventAsync(string name) => _events.NextAsync(name);

    /// <inheritdoc cref="HubEvents.FrameAsync"/>
    public Task<JsonElement> FrameAsync(string channel) => _events.FrameAsync(channel);

    /// <inheritdoc cref="HubEvents.PublicationsAsync"/>
    public Task<List<JsonElement>> PublicationsAsync(string channel, long upTo) => _events.PublicationsAsync(channel, upTo);

    /// <summary>Ends the connection without a word, as a pulled cable does.</summary>
    public void Kill() => _socket!.Abort();

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _socket?.Dispose();
    }

    private Task OnClosedAsync(Exception? reason)
    {
        _events.End(new InvalidOperationException("The connection has ended.", reason));
        _ended.TrySetResult();
        return Task.CompletedTask;
    }
}
