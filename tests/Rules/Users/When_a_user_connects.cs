using WhatsSound.Grains.Users;
using WhatsSound.Users;

namespace WhatsSound.Tests.Rules.Users;

public class When_a_user_connects
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly Guid Gateway = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Other = new("00000000-0000-0000-0000-000000000002");

    private readonly ConnectionLeases _leases = new(new UserOptions { ConnectionsMax = 2, Lease = TimeSpan.FromSeconds(30) });

    [Fact]
    public void Should_let_the_newest_in_and_end_the_most_silent()
    {
        var leases = With("a", "b").Renew(Gateway, [Heard("a", silentMs: 100), Heard("b", silentMs: 9_000)], Start).Connect(Connection("c"), Start);

        Assert.Equal(["a", "c"], IdsOf(leases));
        Assert.Equal(["b"], leases.Tell(Gateway).Ended);
    }

    [Fact]
    public void Should_end_the_oldest_of_those_that_are_as_silent() => Assert.Equal(["a"], With("a", "b", "c").Tell(Gateway).Ended);

    [Fact]
    public void Should_tell_each_gateway_once_and_only_of_its_own()
    {
        var leases = _leases.Connect(new UserConnection { ConnectionId = "x", GatewayId = Other }, Start);
        leases = leases.Connect(Connection("b"), Start).Connect(Connection("c"), Start);

        Assert.Empty(leases.Tell(Gateway).Ended);
        var (ended, told) = leases.Tell(Other);
        Assert.Equal(["x"], ended);
        Assert.Empty(told.Tell(Other).Ended);
    }

    [Fact]
    public void Should_not_take_back_by_renewal_what_was_ended()
    {
        var leases = With("a", "b", "c").Renew(Gateway, [Heard("a"), Heard("b"), Heard("c")], Start);

        Assert.Equal(["b", "c"], IdsOf(leases));
        Assert.Equal(["a"], leases.Tell(Gateway).Ended);
    }

    [Fact]
    public void Should_remember_no_more_that_were_ended_than_it_takes()
    {
        var leases = With([.. Enumerable.Range(0, 100).Select(number => $"c{number}")]);

        Assert.Equal(["c96", "c97"], leases.Tell(Gateway).Ended);
    }

    [Fact]
    public void Should_take_the_same_connection_as_a_renewal()
    {
        var renewed = With("a", "b").Connect(Connection("a"), Start.AddSeconds(20));

        Assert.Equal(["a"], IdsOf(renewed.At(Start.AddSeconds(30))));
    }

    [Fact]
    public void Should_forget_a_connection_that_nobody_renewed()
    {
        Assert.Equal(["a"], IdsOf(With("a").At(Start.AddSeconds(29))));
        Assert.Empty(IdsOf(With("a").At(Start.AddSeconds(30))));
    }

    [Fact]
    public void Should_make_room_for_a_new_one_when_a_lease_ran_out() =>
        Assert.Equal(["c"], IdsOf(With("a", "b").Connect(Connection("c"), Start.AddSeconds(30))));

    [Fact]
    public void Should_believe_the_gateway_of_its_own_connections()
    {
        var leases = With("a").Connect(new UserConnection { ConnectionId = "b", GatewayId = Other }, Start);

        Assert.Equal(["b", "c"], IdsOf(leases.Renew(Gateway, [Heard("c")], Start)));
    }

    [Fact]
    public void Should_end_renewed_connections_beyond_the_bound() =>
        Assert.Equal(["a", "c"], IdsOf(_leases.Renew(Gateway, [Heard("a", 1), Heard("b", 3), Heard("c", 2)], Start)));

    [Fact]
    public void Should_forget_a_connection_that_ended() => Assert.Equal(["b"], IdsOf(With("a", "b").Disconnect("a").Disconnect("unknown")));

    private static UserConnection Connection(string id) => new() { ConnectionId = id, GatewayId = Gateway };

    private static ConnectionHeard Heard(string id, long silentMs = 0) => new() { ConnectionId = id, SilentMs = silentMs };

    private static IEnumerable<string> IdsOf(ConnectionLeases leases) => leases.ToView().Connections.Select(connection => connection.ConnectionId);

    private ConnectionLeases With(params string[] ids) => ids.Aggregate(_leases, (leases, id) => leases.Connect(Connection(id), Start));
}
