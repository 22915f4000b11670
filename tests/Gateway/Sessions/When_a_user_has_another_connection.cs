using WhatsSound.Channels;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>What a user may do is bounded by user: connections beside the first, or after it, add nothing.</summary>
public sealed class When_a_user_has_another_connection : IDisposable
{
    private const int PublicationsMax = 50;

    private readonly FakeGateway _gateway = new(limits: new SessionLimits { SnapshotBurstMax = 20, SnapshotsPerSecondMax = 2 });
    private int _published;

    [Fact]
    public async Task Should_publish_no_more_with_five_than_with_one()
    {
        var sessions = Enumerable.Range(0, 5).Select(_ => _gateway.Connect("ada").Session).ToList();

        var published = 0;
        for (var i = 0; i < 10 * PublicationsMax; i++)
            published += await PublishAsync(sessions[i % 5]) is null ? 1 : 0;

        Assert.Equal(PublicationsMax, published);
    }

    [Fact]
    public async Task Should_publish_no_more_by_coming_again()
    {
        var published = 0;
        for (var time = 0; time < 5; time++)
        {
            var session = _gateway.Connect("ada").Session;
            for (var i = 0; i < PublicationsMax; i++)
                published += await PublishAsync(session) is null ? 1 : 0;
            session.End();
        }

        Assert.Equal(PublicationsMax, published);
        var refusal = await PublishAsync(_gateway.Connect("ada").Session);
        Assert.Equal((RefusalCode.RateLimited, true, 20L), (refusal!.Code, refusal.Retryable, refusal.RetryAfterMs));
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(21));
        Assert.Null(await PublishAsync(_gateway.Connect("ada").Session));
    }

    [Fact]
    public async Task Should_leave_others_what_they_have()
    {
        var ada = _gateway.Connect("ada").Session;
        while (await PublishAsync(ada) is null)
        {
        }

        Assert.Null(await PublishAsync(_gateway.Connect("bob").Session));
    }

    [Fact]
    public void Should_take_no_more_snapshots_by_coming_again()
    {
        var taken = 0;
        for (var i = 0; i < 100; i++)
        {
            var session = _gateway.Connect("ada").Session;
            taken += new Call(session, _gateway.CallServices).RefuseRate(CallKind.Snapshot) is null ? 1 : 0;
            session.End();
        }

        Assert.Equal(20, taken);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<Refusal?> PublishAsync(Session session) =>
        (await _gateway.Acts.PublishAsync(session, "news", new PublishRequest { Id = $"{_published++}", Event = "said", Data = new Payload("1"u8.ToArray()) })).Refusal;
}
