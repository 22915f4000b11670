using Microsoft.AspNetCore.Http;
using WhatsSound.Channels;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Identity;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>It is no user: it may what its key says, in the name of the key.</summary>
public sealed class When_a_server_asks_by_its_key : IDisposable
{
    private static readonly PublishRequest Something = new() { Id = "1", Data = new Payload("1"u8.ToArray()) };

    private readonly FakeGateway _gateway = new(rules: new ChannelRule { Pattern = "closed", ClientUse = false });

    [Fact]
    public async Task Should_publish_in_the_name_of_the_key()
    {
        using var server = KeyOf(("news", "publish"));

        Assert.Null((await _gateway.Acts.PublishAsync(server, "news", Something)).Refusal);

        var published = Assert.Single(_gateway.Cluster.Channel("news").Requests);
        Assert.Equal(("backend", PublisherKind.Server, (string?)null), (published.Publisher, published.PublisherKind, published.Connection));
    }

    [Fact]
    public async Task Should_publish_to_users_where_no_client_may()
    {
        using var server = KeyOf(("user:*:notifications", "publish"));

        Assert.Null((await _gateway.Acts.PublishAsync(server, "user:ada:notifications", Something)).Refusal);
    }

    [Theory]
    [InlineData("sport", RefusalCode.Forbidden)]
    [InlineData("room:jazz:chat", RefusalCode.NotMember)]
    [InlineData("closed", RefusalCode.Forbidden)]
    public async Task Should_not_publish_where_its_key_does_not_allow_it_or_a_room_decides_or_nobody_may(string channel, string code)
    {
        using var server = KeyOf(("news", "publish"), ("room:*", "publish"), ("closed", "publish"));

        Assert.Equal(code, (await _gateway.Acts.PublishAsync(server, channel, Something)).Refusal?.Code);
    }

    [Fact]
    public void Should_read_history_only_where_its_key_allows_it()
    {
        using var server = KeyOf(("news", "subscribe"), ("sport", "publish"));

        Assert.Null(_gateway.Channels.Access.RefuseHistory(server, "news"));
        Assert.Equal(RefusalCode.Forbidden, _gateway.Channels.Access.RefuseHistory(server, "sport")?.Code);
    }

    [Fact]
    public async Task Should_read_what_is_a_room_s_by_its_key()
    {
        using var server = KeyOf(("room:jazz:chat", "subscribe"), ("room:jazz", "presence"), ("room:rock", "subscribe"));
        _gateway.Cluster.Channel("room:jazz:chat").History = static (_, _) => Task.FromResult(new HistoryPage { Position = new("e1", 0), Publications = [], IsComplete = true });

        Assert.Null((await _gateway.Acts.ReadHistoryAsync(server, "room:jazz:chat", new HistoryRequest { CountMax = 10 }, filter: null)).Refusal);
        Assert.Null((await _gateway.Acts.ReadPresenceAsync(server, "room:jazz", page: null)).Refusal);
        Assert.Null((await _gateway.Acts.ReadOccupancyAsync(server, "room:rock")).Refusal);
        Assert.Equal(RefusalCode.Forbidden, (await _gateway.Acts.ReadOccupancyAsync(server, "room:jazz")).Refusal?.Code);
    }

    [Fact]
    public async Task Should_not_be_as_a_user_who_is_in_no_room_by_a_request()
    {
        using var user = new HttpAsker(new DefaultHttpContext(), new SessionIdentity { UserId = "ada", ExpiresAt = DateTimeOffset.MaxValue }, isAnonymous: false, _gateway.Time);

        Assert.Equal(RefusalCode.NotMember, (await _gateway.Acts.ReadOccupancyAsync(user, "room:jazz")).Refusal?.Code);
    }

    [Fact]
    public void Should_say_whether_it_was_given_up_after_its_answer_too()
    {
        var server = KeyOf(("news", "publish"));
        server.Dispose();

        Assert.False(server.GivenUp.IsCancellationRequested);
        Assert.False(server.IsLate);
    }

    [Fact]
    public void Should_pay_for_itself_whatever_users_are_called()
    {
        using var server = KeyOf(("news", "publish"));

        Assert.NotEqual(_gateway.Connect("backend").Session.Payer, server.Payer);
        Assert.True(server.Payer.IsUser);
    }

    public void Dispose() => _gateway.Dispose();

    private HttpAsker KeyOf(params (string Pattern, string Word)[] allowed)
    {
        var grant = new TokenGrant { ExpiresAt = DateTimeOffset.MaxValue, KeyName = "backend", Capabilities = CapabilitySet.Of(allowed.Select(static one => (one.Pattern, new[] { one.Word }))) };
        return new HttpAsker(new DefaultHttpContext(), grant, isAnonymous: false, _gateway.Time);
    }
}
