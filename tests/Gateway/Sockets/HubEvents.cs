using System.Text.Json;
using System.Threading.Channels;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>What a client was told without asking, in order.</summary>
internal sealed class HubEvents
{
    private readonly Channel<(string Event, JsonElement Content)> _events = Channel.CreateUnbounded<(string, JsonElement)>();

    public void Add(string name, JsonElement content) => _events.Writer.TryWrite((name, content));

    /// <summary>Nothing comes any more; whoever waits is told why.</summary>
    public void End(Exception reason) => _events.Writer.TryComplete(reason);

    /// <summary>The next event, whatever it is.</summary>
    public Task<(string Name, JsonElement Content)> AnyAsync() => _events.Reader.ReadAsync().AsTask();

    /// <summary>The next event of a name; others before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(string name)
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
            var frame = await NextAsync("frame");
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
}
