using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Application;

public sealed class When_an_app_narrows_a_token
{
    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Should_leave_what_both_allow()
    {
        var grant = Narrow(new() { Capabilities = new Dictionary<string, IReadOnlyList<string>> { ["chat:*"] = ["subscribe", "publish"], ["news:*"] = ["subscribe"] } }, ["chat:*"]);

        Assert.True(grant.Allows(Capability.Subscribe, "chat:1"));
        Assert.False(grant.Allows(Capability.Presence, "chat:1"));
        Assert.False(grant.Allows(Capability.Subscribe, "news:1"));
    }

    [Fact]
    public void Should_end_no_later_than_the_token()
    {
        Assert.Equal(End - TimeSpan.FromHours(1), Narrow(new() { ExpiresAtMs = (End - TimeSpan.FromHours(1)).ToUnixTimeMilliseconds() }).ExpiresAt);
        Assert.Equal(End, Narrow(new() { ExpiresAtMs = (End + TimeSpan.FromHours(1)).ToUnixTimeMilliseconds() }).ExpiresAt);
    }

    [Fact]
    public void Should_call_the_user_what_the_app_calls_them_and_leave_them_who_they_are()
    {
        var identity = Assert.IsType<SessionIdentity>(Narrow(new() { DisplayName = "Ada L." }));

        Assert.Equal(("ada", "Ada L."), (identity.UserId, identity.DisplayName));
        Assert.Equal("Ada", Assert.IsType<SessionIdentity>(Narrow(new() { DisplayName = new string('x', 65) })).DisplayName);
        Assert.Equal("Ada", Assert.IsType<SessionIdentity>(Narrow(new() { DisplayName = "\u202eda" })).DisplayName);
    }

    [Fact]
    public void Should_take_nothing_that_is_no_capability() =>
        Assert.Null(ConnectRules.Narrow(Grant([]), new() { Capabilities = new Dictionary<string, IReadOnlyList<string>> { ["::"] = ["subscribe"] } }));

    [Fact]
    public void Should_take_no_pattern_without_a_list() =>
        Assert.Null(ConnectRules.Narrow(Grant([]), new() { Capabilities = new Dictionary<string, IReadOnlyList<string>> { ["chat:*"] = null! } }));

    private static TokenGrant Narrow(ConnectFacts facts, params string[] patterns) => ConnectRules.Narrow(Grant(patterns), facts)!;

    private static SessionIdentity Grant(string[] patterns)
    {
        var claim = System.Text.Json.JsonSerializer.SerializeToElement(patterns.ToDictionary(static pattern => pattern, static _ => new[] { "subscribe", "publish", "presence" }));
        return new() { UserId = "ada", DisplayName = "Ada", ExpiresAt = End, Capabilities = patterns.Length == 0 ? null : CapabilitySet.TryRead(claim) };
    }
}
