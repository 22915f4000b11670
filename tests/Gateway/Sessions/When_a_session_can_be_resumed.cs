using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Its user's grain is told where it lives, and again with each renewal, since it keeps that in memory only.</summary>
public sealed class When_a_session_can_be_resumed : IDisposable
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Should_be_named_with_each_renewal_until_it_has_ended()
    {
        var (session, _) = _gateway.Connect();
        _gateway.Sessions.Add(session);
        var offered = (await _gateway.Resume.OfferAsync(session)).Value!;

        await _gateway.Users.RenewAllAsync(TestContext.Current.CancellationToken);
        var before = Assert.Single(_gateway.Cluster.User("ada").Heard).Hold;
        session.TakeOver();
        await _gateway.Users.RenewAllAsync(TestContext.Current.CancellationToken);

        Assert.Equal((offered.SessionId, session.Id, 1), (before?.SessionId, before?.ConnectionId, before?.ConnectionNumber));
        Assert.Same(_gateway.Parking, before?.Holder);
        Assert.Null(Assert.Single(_gateway.Cluster.User("ada").Heard).Hold);
    }

    [Fact]
    public async Task Should_not_be_named_where_nobody_has_asked_for_that()
    {
        _gateway.Sessions.Add(_gateway.Connect().Session);

        await _gateway.Users.RenewAllAsync(TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(_gateway.Cluster.User("ada").Heard).Hold);
    }

    public void Dispose() => _gateway.Dispose();
}
