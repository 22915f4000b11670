using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A connection is one of its user's from when it is known whose it is, whatever it asks for: with one too many, one is told to go for good.</summary>
public sealed class When_a_user_has_many_connections(DoorServer server)
{
    private const int ConnectionsMax = 10;

    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_count_those_that_ask_for_nothing_that_needs_a_user(Door door)
    {
        var user = server.NewName("user");
        List<DoorClient> clients = [];
        for (var i = 0; i <= ConnectionsMax; i++)
        {
            clients.Add(await door.ConnectAsUserAsync(server, user));
            if (i % 2 == 0)
                await clients[^1].DoAsync("Time", new { t1Us = 1 });
        }

        await AssertOneGoesAsync(clients, user);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_count_those_that_showed_their_token_later(Door door)
    {
        var user = server.NewName("user");
        List<DoorClient> clients = [];
        for (var i = 0; i <= ConnectionsMax; i++)
        {
            clients.Add(await door.ConnectAsync(server, token: null));
            await clients[^1].DoAsync("Authenticate", new { token = server.TokenOf(user) });
        }

        await AssertOneGoesAsync(clients, user);
    }

    private async Task AssertOneGoesAsync(List<DoorClient> clients, string user)
    {
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        var closings = clients.Select(static client => client.ArrivalAsync(static arrival => arrival is Arrival.Closing)).ToList();

        await Eventually.BecomesTrueAsync(() => closings.Any(static one => one.IsCompletedSuccessfully));
        var closing = (Arrival.Closing)await closings.First(static one => one.IsCompletedSuccessfully);
        var gone = clients[closings.FindIndex(static one => one.IsCompletedSuccessfully)];
        await gone.Ended;

        Assert.Equal(("CONNECTION_LIMIT", null), (closing.Code, closing.ReconnectAfterMs));
        await Eventually.BecomesTrueAsync(() => sessions.All.Count(session => session.Identity?.UserId == user) == ConnectionsMax);
        foreach (var client in clients.Where(client => client != gone))
            await client.DoAsync("Time", new { t1Us = 2 });
        // Together: where the answers are a stream, each client waits a while for its end.
        await Task.WhenAll(clients.Select(static client => client.DisposeAsync().AsTask()));
        foreach (var other in closings)
            await Task.WhenAny(other);
    }
}
