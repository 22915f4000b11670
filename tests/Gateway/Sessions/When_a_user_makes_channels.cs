using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whoever uses a channel first makes a grain, which keeps what is published: how many a user makes is bounded.</summary>
public sealed class When_a_user_makes_channels : IDisposable
{
    private const int AtOnceMax = 200;
    private const int PublicationsPerSecondMax = 50;

    /// <summary>What it takes to publish three times as many; a second gives one more channel.</summary>
    private const int SecondsOfMaking = (3 * AtOnceMax / PublicationsPerSecondMax) - 1;

    private readonly FakeGateway _gateway = new();
    private int _published;

    [Fact]
    public async Task Should_publish_to_as_many_new_ones_as_is_allowed()
    {
        var made = await MakeAsync(3 * AtOnceMax);

        Assert.Equal(AtOnceMax + SecondsOfMaking, made);
        Assert.Equal(RefusalCode.RateLimited, (await SubscribeAsync("another"))?.Code);
        Assert.Equal(RefusalCode.RateLimited, (await JoinAsync("another"))?.Code);
        Assert.Null(await PublishAsync("by-bob", "bob"));
    }

    [Fact]
    public async Task Should_go_on_with_those_that_there_are()
    {
        await MakeAsync(3 * AtOnceMax);
        Assert.Null(await PublishAsync("by-bob", "bob"));
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.Null(await PublishAsync("one-more"));
        Assert.Equal(RefusalCode.RateLimited, (await PublishAsync("too-many"))?.Code);

        Assert.Null(await PublishAsync("new-0"));
        Assert.Null(await SubscribeAsync("new-1"));
        Assert.Null(await PublishAsync("by-bob"));
    }

    [Fact]
    public async Task Should_forget_those_that_nobody_uses()
    {
        await MakeAsync(3 * AtOnceMax);
        _gateway.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(AtOnceMax + SecondsOfMaking, await MakeAsync(3 * AtOnceMax));
    }

    [Fact]
    public async Task Should_not_listen_to_more_than_is_allowed_however_slowly_they_are_made()
    {
        const int LiveMax = 500;
        List<Refusal?> refusals = [];
        for (var i = 0; i < LiveMax + 1; i++)
        {
            refusals.Add(await SubscribeAsync($"live-{i}"));
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(1001));
        }

        Assert.All(refusals.Take(LiveMax), Assert.Null);
        Assert.Equal((RefusalCode.SubscriptionLimit, "500"), (refusals[^1]?.Code, refusals[^1]?.Detail));
        Assert.Null(await SubscribeAsync("live-0"));
        Assert.Null(await PublishAsync("by-bob", "bob"));
        Assert.Null(await SubscribeAsync("by-bob"));
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>As fast as a user may publish.</summary>
    private async Task<int> MakeAsync(int count)
    {
        var made = 0;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && i % PublicationsPerSecondMax == 0)
                _gateway.Time.Advance(TimeSpan.FromMilliseconds(1001));
            made += await PublishAsync($"new-{i}") is null ? 1 : 0;
        }

        return made;
    }

    private async Task<Refusal?> PublishAsync(string channel, string userId = "ada") =>
        (await _gateway.Acts.PublishAsync(
            _gateway.Connect(userId).Session, channel, new PublishRequest { Id = $"{_published++}", Event = "said", Data = new Payload("1"u8.ToArray()) })).Refusal;

    private async Task<Refusal?> SubscribeAsync(string channel) =>
        (await _gateway.Channels.SubscribeAsync(_gateway.Connect("ada").Session, channel, new AttachRequest(new RecoverRequest()))).Refusal;

    private async Task<Refusal?> JoinAsync(string roomId) =>
        (await _gateway.Rooms.JoinAsync(
            _gateway.Connect("ada").Session, roomId, new RoomCommand { CommandId = "1", UserId = "ada", Action = new JoinRoom() }, new Payload("null"u8.ToArray()), since: null)).Refusal;
}
