using WhatsSound.Channels;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Besides what a user or an address may: what one connection may, and what all may together. The refusal says which it was, and when there is more.</summary>
public sealed class When_there_are_limits_for_all
{
    private static readonly ChannelRule Rule = new() { Pattern = "news:*", ConnectionPublicationsPerSecondMax = 2, PublicationsPerSecondMax = 5 };

    private int _published;

    [Fact]
    public async Task Should_publish_no_more_by_one_connection_than_it_may()
    {
        using var gateway = new FakeGateway(rules: Rule);
        var (first, second) = (gateway.Connect().Session, gateway.Connect().Session);

        Assert.Equal([null, null, "connection 500"], await ShownAsync(3, () => PublishAsync(gateway, first)));
        Assert.Equal([null, null, "connection 500"], await ShownAsync(3, () => PublishAsync(gateway, second)));
        Assert.Null(await PublishAsync(gateway, first, "other"));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Null(await PublishAsync(gateway, first));
        Assert.NotNull(await PublishAsync(gateway, first));
    }

    /// <summary>What a user may has no detail: clients send it again by themselves.</summary>
    [Fact]
    public async Task Should_publish_no_more_by_all_connections_than_their_user_may()
    {
        using var gateway = new FakeGateway(rules: Rule);
        for (var i = 0; i < 5; i++)
            Assert.Null(await PublishAsync(gateway, gateway.Connect().Session));

        Assert.Equal(" 200", Shown(await PublishAsync(gateway, gateway.Connect().Session)));
        Assert.Null(await PublishAsync(gateway, gateway.Connect("bob").Session));
    }

    [Fact]
    public async Task Should_publish_no_more_together_than_all_may()
    {
        using var gateway = new FakeGateway(limits: new SessionLimits { AppPublicationsPerSecondMax = 4 });
        for (var i = 0; i < 4; i++)
            Assert.Null(await PublishAsync(gateway, gateway.Connect($"user-{i}").Session, $"channel-{i}"));

        Assert.Equal("app 250", Shown(await PublishAsync(gateway, gateway.Connect("bob").Session)));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(251));
        Assert.Null(await PublishAsync(gateway, gateway.Connect("bob").Session));
    }

    [Fact]
    public void Should_ask_no_more_by_one_connection_than_it_may()
    {
        using var gateway = new FakeGateway(limits: new SessionLimits { ConnectionCommandsPerSecondMax = 1 });
        var (first, second) = (gateway.Connect().Session, gateway.Connect().Session);

        Assert.Equal((null, null, "connection 1000"), (Ask(gateway, first), Ask(gateway, first), Ask(gateway, first)));
        Assert.Null(Ask(gateway, second));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.Null(Ask(gateway, first));
        Assert.NotNull(Ask(gateway, first));
    }

    [Fact]
    public void Should_ask_no_more_together_than_all_may_but_for_a_new_token()
    {
        using var gateway = new FakeGateway(limits: new SessionLimits { AppCommandsPerSecondMax = 2 });
        for (var i = 0; i < 4; i++)
            Assert.Null(Ask(gateway, gateway.Connect($"user-{i}").Session));

        Assert.Equal("app 500", Ask(gateway, gateway.Connect("bob").Session));
        Assert.Null(gateway.Allowances.TakeRequest(gateway.Connect("bob").Session, isAuthenticate: true));
    }

    private static string? Ask(FakeGateway gateway, Session session) => Shown(gateway.Allowances.TakeRequest(session));

    private async Task<Refusal?> PublishAsync(FakeGateway gateway, Session session, string channel = "news:a") =>
        (await gateway.Acts.PublishAsync(session, channel, new PublishRequest { Id = $"{_published++}", Data = new Payload("1"u8.ToArray()) })).Refusal;

    private static async Task<List<string?>> ShownAsync(int count, Func<Task<Refusal?>> act)
    {
        var shown = new List<string?>();
        for (var i = 0; i < count; i++)
            shown.Add(Shown(await act()));
        return shown;
    }

    /// <summary>Null: it was done.</summary>
    private static string? Shown(Refusal? refusal)
    {
        if (refusal is not null)
            Assert.Equal(("RATE_LIMITED", true), (refusal.Code, refusal.Retryable));
        return refusal is null ? null : $"{refusal.Detail} {refusal.RetryAfterMs}";
    }
}
