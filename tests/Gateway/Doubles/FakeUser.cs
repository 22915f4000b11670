using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A user whose sessions are where a test says.</summary>
internal sealed class FakeUser : IUserGrain
{
    /// <summary>What whoever looks for a session is answered.</summary>
    public SessionFound Found { get; set; } = new();

    /// <summary>Until this is done, whoever looks has no answer.</summary>
    public Task TakeHold { get; set; } = Task.CompletedTask;

    /// <summary>How often somebody has looked.</summary>
    public int Searches { get; private set; }

    public List<ParkedSession> Parked { get; } = [];

    /// <summary>What was told of connections, in order.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Until this is done, a connection that comes has no answer.</summary>
    public Task ConnectHold { get; set; } = Task.CompletedTask;

    /// <summary>What the last renewal said.</summary>
    public ImmutableArray<ConnectionHeard> Heard { get; private set; } = [];

    /// <summary>Until this is done, a renewal has no answer.</summary>
    public Task RenewHold { get; set; } = Task.CompletedTask;

    public async Task<Answer<UserConnections>> ConnectAsync(UserConnection connection)
    {
        await ConnectHold;
        Told.Add($"+{connection.ConnectionId}");
        return new UserConnections { Connections = [] };
    }

    public Task DisconnectAsync(string connectionId)
    {
        Told.Add($"-{connectionId}");
        return Task.CompletedTask;
    }

    public async Task<UserConnections> RenewAsync(Guid gatewayId, ImmutableArray<ConnectionHeard> connections)
    {
        Told.Add($"={string.Join(',', connections.Select(static heard => heard.ConnectionId))}");
        Heard = connections;
        await RenewHold;
        return new UserConnections { Connections = [] };
    }

    public Task<UserConnections> GetConnectionsAsync() => throw new NotSupportedException();

    public Task HoldAsync(SessionHold hold) => Task.CompletedTask;

    public Task ParkAsync(string connectionId, ParkedSession session)
    {
        Parked.Add(session);
        return Task.CompletedTask;
    }

    public async Task<SessionFound> TakeAsync(string sessionId, ImmutableArray<byte> keyHash)
    {
        Searches++;
        await TakeHold;
        return Found;
    }
}
