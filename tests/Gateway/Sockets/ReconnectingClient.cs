using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>An unmodified .NET client that comes back by itself, as <c>WithAutomaticReconnect</c> makes it, and nothing of this project's.</summary>
internal sealed class ReconnectingClient : IHubClient, IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly HubEvents _events = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReconnectingClient(Uri server, Func<Task<string?>> token)
    {
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hub"), options => options.AccessTokenProvider = token)
            .WithAutomaticReconnect(new Often())
            .Build();
        foreach (var name in (string[])["frame", "lost", "closing"])
            _connection.On<JsonElement>(name, content => _events.Add(name, content));
        _connection.Reconnected += _ =>
        {
            _reconnected.TrySetResult();
            return Task.CompletedTask;
        };
        _connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>The connection of now.</summary>
    public string? ConnectionId => _connection.ConnectionId;

    /// <summary>Done when the client has given up.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Done when it has come back.</summary>
    public Task Reconnected => _reconnected.Task;

    public static async Task<ReconnectingClient> ConnectAsync(Uri server, Func<Task<string?>> token)
    {
        var client = new ReconnectingClient(server, token);
        await client._connection.StartAsync();
        return client;
    }

    public Task<JsonElement> CallAsync(string method, object request) => _connection.InvokeAsync<JsonElement>(method, request);

    public Task<JsonElement> EventAsync(string name) => _events.NextAsync(name);

    public Task<List<JsonElement>> PublicationsAsync(string channel, long upTo) => _events.PublicationsAsync(channel, upTo);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private sealed class Often : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext) => TimeSpan.FromMilliseconds(200);
    }
}
