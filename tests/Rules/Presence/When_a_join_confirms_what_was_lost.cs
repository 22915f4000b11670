using WhatsSound.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>The gateway has lost dan's connection without a word, and dan's join, made again, comes before the gateway enters the others again.</summary>
public sealed class When_a_join_confirms_what_was_lost
{
    private readonly Guid _gateway = Guid.NewGuid();
    private readonly Membership _membership = new(100, TimeSpan.FromSeconds(15), 0);

    public When_a_join_confirms_what_was_lost()
    {
        Enter("bob", "1", 0);
        Enter("dan", "3", 0);
        Assert.False(_membership.Confirm(Only("bob", "1"), 10));
        Enter("dan", "3", 20);
        Assert.False(_membership.Confirm(Only("bob", "1"), 30));
    }

    [Fact]
    public void Should_keep_who_was_not_entered_again_yet()
    {
        _membership.Tick(60_000);

        Assert.NotNull(_membership.Find("bob"));
    }

    [Fact]
    public void Should_let_go_of_the_lost_one_once_the_others_are_entered_again()
    {
        Enter("bob", "1", 40);

        Assert.True(_membership.Confirm(Only("bob", "1"), 50));
        _membership.Tick(60_000);

        Assert.Null(_membership.Find("dan"));
        Assert.NotNull(_membership.Find("bob"));
    }

    private void Enter(string userId, string connectionId, long nowMs) =>
        Assert.Null(_membership.Enter(new PresenceEntry { UserId = userId, ConnectionId = connectionId, GatewayId = _gateway }, nowMs));

    private GatewayLease Only(string userId, string connectionId) =>
        new() { GatewayId = _gateway, ConnectionCount = 1, ConnectionDigest = ConnectionDigest.Of(userId, connectionId) };
}
