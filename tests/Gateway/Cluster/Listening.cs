using System.Collections.Concurrent;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Somebody who listens to channels and writes down what comes and when, until the connection ends. What is published there carries the time at which it was.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly HubClient _client;
    private readonly Task _reading;
    private readonly ConcurrentQueue<(string Name, JsonElement Content)> _events = new();

    private Listening(HubClient client)
    {
        _client = client;
        _reading = ReadAsync();
    }

    /// <summary>Done when the connection has ended.</summary>
    public Task Ended => _client.Ended;

    /// <summary>Why the server has ended it; null: it has not.</summary>
    public string? ClosedFor => CodesOf("closing").SingleOrDefault();

    /// <summary>From what it was detached, and why.</summary>
    public IReadOnlyList<(string Channel, string Code)> Detached =>
        [.. Of("detached").Select(static content => (content.GetProperty("channel").GetString()!, content.GetProperty("code").GetString()!))];

    public static async Task<Listening> ToAsync(Uri gateway, string? token, params string[] channels)
    {
        var client = await HubClient.ConnectAsync(gateway, token);
        foreach (var channel in channels)
            await client.ResultInTheEndAsync("Subscribe", new { channel });
        return new Listening(client);
    }

    public Task<JsonElement> CallAsync(string method, object request) => _client.CallAsync(method, request);

    /// <summary>The times of the publications of a channel that have come, Unix milliseconds, in the order in which they came.</summary>
    public IReadOnlyList<long> TimesOf(string channel) => [.. PublicationsOf(channel).Select(static publication => publication.GetProperty("data").GetInt64())];

    /// <summary>Their offsets.</summary>
    public IReadOnlyList<long> OffsetsOf(string channel) => [.. PublicationsOf(channel).Select(static publication => publication.GetProperty("offset").GetInt64())];

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                _events.Enqueue(await _client.AnyEventAsync());
        }
        catch (InvalidOperationException)
        {
            // The connection has ended, and everything before that has come.
        }
    }

    private IEnumerable<JsonElement> PublicationsOf(string channel) =>
        Of("frame").Where(frame => frame.GetProperty("channel").GetString() == channel).SelectMany(static frame => frame.GetProperty("publications").EnumerateArray());

    private IEnumerable<string> CodesOf(string name) => Of(name).Select(static content => content.GetProperty("code").GetString()!);

    private IEnumerable<JsonElement> Of(string name) => _events.Where(one => one.Name == name).Select(static one => one.Content);
}
