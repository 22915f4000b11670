using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>Who comes back gets messages as they are by then, also where the gateway need not ask the channel.</summary>
public sealed class When_a_message_of_a_chat_is_changed : IDisposable
{
    private const string Chat = "room:den:chat";

    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Should_not_show_what_was_said_before_to_who_comes_back()
    {
        await AttachAsync(Chat, since: null);
        SendRaw(Chat, 0, Said(1, "one"), Said(2, "other"), Changed(3, 1, "a secret"));
        SendRaw(Chat, 3, Changed(4, 2, "another"));
        SendRaw(Chat, 4, Changed(5, 1, "nothing"));

        var recovery = await AttachAsync(Chat, since: 0);

        Assert.Equal((Verdict.Recovered, 1), (recovery.Verdict, _gateway.Cluster.Channel(Chat).Recoveries));
        Assert.Equal(["nothing", "another", "nothing", "another", "nothing"], recovery.Publications.Select(TextOf));
    }

    [Theory]
    [InlineData("news")]
    [InlineData("room:den:lobby")]
    public async Task Should_leave_other_channels_as_they_are(string channel)
    {
        await AttachAsync(channel, since: null);
        SendRaw(channel, 0, Said(1, "one"), Changed(2, 1, "two"));

        Assert.Equal(["one", "two"], (await AttachAsync(channel, since: 0)).Publications.Select(TextOf));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<Recovery> AttachAsync(string channel, long? since)
    {
        var (session, _) = _gateway.Connect();
        var from = new RecoverRequest { Since = since is { } offset ? new Position("e1", offset) : null };
        var answer = await _gateway.Channels.AttachAsync(session, channel, new AttachRequest(from));
        return answer.Value!;
    }

    private void SendRaw(string channel, long previous, params Publication[] publications) =>
        _gateway.Cluster.Channel(channel).SendRaw(Sample.Frame(previous, previous + publications.Length, channel) with { Publications = [.. publications] });

    private static Publication Said(long offset, string text) => Sample.At(offset) with { Event = RoomEvents.Chat, Data = Payload.Of(new ChatMessage { Text = text }, WireJson.Default.ChatMessage) };

    private static Publication Changed(long offset, long message, string text) => Sample.At(offset, key: $"chatChanged:{message}") with
    {
        Event = RoomEvents.ChatChanged,
        Data = Payload.Of(new ChatChange { Offset = message, AuthorId = "ada", Message = new ChatMessage { Text = text } }, WireJson.Default.ChatChange),
    };

    private static string TextOf(Publication said) =>
        said.Event == RoomEvents.Chat ? said.Data.Read(WireJson.Default.ChatMessage)!.Text : said.Data.Read(WireJson.Default.ChatChange)!.Message.Text;
}
