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
    public void Should_refuse_one_connection_too_many() => Assert.Null(With("a", "b").Connect(Connection("c"), Start));

    [Fact]
    public void Should_take_the_same_connection_as_a_renewal()
    {
        var renewed = With("a", "b").Connect(Connection("a"), Start.AddSeconds(20));

        Assert.Equal(["a"], IdsOf(renewed!.At(Start.AddSeconds(30))));
    }

    [Fact]
    public void Should_forget_a_connection_that_nobody_renewed()
    {
        Assert.Equal(["a"], IdsOf(With("a").At(Start.AddSeconds(29))));
        Assert.Empty(IdsOf(With("a").At(Start.AddSeconds(30))));
    }

    [Fact]
    public void Should_make_room_for_a_new_one_when_a_lease_ran_out() =>
        Assert.Equal(["c"], IdsOf(With("a", "b").Connect(Connection("c"), Start.AddSeconds(30))!));

    [Fact]
    public void Should_believe_the_gateway_of_its_own_connections()
    {
        var leases = With("a").Connect(new UserConnection { ConnectionId = "b", GatewayId = Other }, Start)!;

        Assert.Equal(["b", "c"], IdsOf(leases.Renew(Gateway, ["c"], Start)));
    }

    [Fact]
    public void Should_leave_out_renewed_connections_beyond_the_bound() =>
        Assert.Equal(["a", "b"], IdsOf(_leases.Renew(Gateway, ["a", "b", "c"], Start)));

    [Fact]
    public void Should_forget_a_connection_that_ended() => Assert.Equal(["b"], IdsOf(With("a", "b").Disconnect("a").Disconnect("unknown")));

    private static UserConnection Connection(string id) => new() { ConnectionId = id, GatewayId = Gateway };

    private static IEnumerable<string> IdsOf(ConnectionLeases leases) => leases.ToView().Connections.Select(connection => connection.ConnectionId);

    private ConnectionLeases With(params string[] ids) => ids.Aggregate(_leases, (leases, id) => leases.Connect(Connection(id), Start)!);
}
