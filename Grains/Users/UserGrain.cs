using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Placement;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns what is known of a user's connections, over all gateways, and the sessions that wait for a connection. In memory: gateways renew what they hold, what is not renewed is
/// forgotten, and sessions that wait go along where the grain moves. Bounded by <see cref="UserOptions"/>: one more connection ends the most silent, one more session the one that waited longest.
/// </summary>
[GrainType("user")]
internal sealed class UserGrain(IOptions<UserOptions> options, Departures departures, UserInstruments instruments, TimeProvider time)
    : Grain, IUserGrain, IGrainMigrationParticipant, IDisposable
{
    private readonly Dictionary<string, SessionHold> _holds = new(StringComparer.Ordinal);

    /// <summary>Until when each hold counts, unless its gateway speaks of the connection again.</summary>
    private readonly Dictionary<string, DateTimeOffset> _holdEnds = new(StringComparer.Ordinal);
    private ConnectionLeases _leases = new(options.Value);
    private ParkedSessions _parked = new(options.Value);
    private IGrainTimer? _expiry;
    private IDisposable? _departure;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        SetExpiry();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Expire();
        if ((_parked.All.IsEmpty && _holds.Count == 0) || !departures.ShouldMove(reason))
            return;
        MigrateOnIdle();
        _departure = await departures.EnterAsync(_parked.BytesEstimate, cancellationToken);
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext) => SessionMemory.Write(dehydrationContext, _parked, _holds.Values);

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (SessionMemory.Read(rehydrationContext) is not { } memory)
            return;
        _parked = _parked with { All = memory.All };
        foreach (var hold in memory.Holds)
            Keep(hold);
    }

    /// <summary>The last thing, after a move has come about or failed.</summary>
    public void Dispose() => _departure?.Dispose();

    public Task<Answer<UserConnections>> ConnectAsync(UserConnection connection)
    {
        if (!IsId(connection?.ConnectionId))
            return Task.FromResult<Answer<UserConnections>>(Refusals.WrongField("connectionId", $"must have 1 to {UserConnection.IdLengthMax} characters"));
        _leases = _leases.Connect(connection!, time.GetUtcNow());
        return Task.FromResult<Answer<UserConnections>>(Tell(connection!.GatewayId));
    }

    public Task DisconnectAsync(string connectionId)
    {
        Disconnect(connectionId);
        return Task.CompletedTask;
    }

    public Task<UserConnections> RenewAsync(Guid gatewayId, ImmutableArray<ConnectionHeard> connections)
    {
        connections = connections.IsDefault ? [] : connections;
        _leases = _leases.Renew(gatewayId, connections, time.GetUtcNow());
        // One that waits already was heard of late.
        foreach (var hold in connections.Select(static heard => heard.Hold).OfType<SessionHold>().Where(hold => !_parked.All.Any(parked => parked.Session.SessionId == hold.SessionId)))
            KeepIfNew(hold);
        foreach (var hold in _holds.Values.Where(hold => connections.Any(heard => heard.ConnectionId == hold.ConnectionId)))
            _holdEnds[hold.SessionId] = time.GetUtcNow() + options.Value.Lease;
        return Task.FromResult(Tell(gatewayId));
    }

    public Task<UserConnections> GetConnectionsAsync() => Task.FromResult(_leases.At(time.GetUtcNow()).ToView());

    public Task HoldAsync(SessionHold hold)
    {
        KeepIfNew(hold);
        return Task.CompletedTask;
    }

    public Task ParkAsync(string connectionId, ParkedSession session)
    {
        var isElsewhere = _holds.TryGetValue(session.SessionId, out var hold) && hold.ConnectionId != connectionId
            && hold.ConnectionNumber >= session.ConnectionNumber;
        Disconnect(connectionId);
        if (isElsewhere || !IsId(session.SessionId))
            return Task.CompletedTask;
        Expire();
        var before = _parked.All.Length;
        var isKnown = _parked.All.Any(parked => parked.Session.SessionId == session.SessionId);
        _parked = _parked.Park(session, time.GetUtcNow());
        if (!isKnown && _parked.All.Length == before)
            instruments.Dropped();
        SetExpiry();
        return Task.CompletedTask;
    }

    public Task<SessionFound> TakeAsync(string sessionId, ImmutableArray<byte> keyHash)
    {
        Expire();
        (var taken, _parked) = _parked.Take(sessionId, keyHash, time.GetUtcNow());
        SetExpiry();
        return Task.FromResult(new SessionFound { Parked = taken, Holder = taken is null ? HolderOf(sessionId) : null });
    }

    /// <summary>A gateway that has not spoken of the connection for a lease is dead, and would be asked in vain.</summary>
    private ISessionHolder? HolderOf(string sessionId) =>
        _holds.TryGetValue(sessionId, out var hold) && _holdEnds[sessionId] > time.GetUtcNow() ? hold.Holder : null;

    private void KeepIfNew(SessionHold hold)
    {
        // As many as connections, which the next ones find out whose are gone.
        if (_holds.Count >= options.Value.ConnectionsMax && !_holds.ContainsKey(hold.SessionId))
            ForgetHoldsOfTheGone();
        // A call of a connection that the session has left since may come late.
        var isPast = hold.ConnectionNumber > 0 && _holds.GetValueOrDefault(hold.SessionId)?.ConnectionNumber > hold.ConnectionNumber;
        if (!isPast && IsId(hold.SessionId) && _holds.Count < 2 * options.Value.ConnectionsMax)
            Keep(hold);
    }

    private void Keep(SessionHold hold)
    {
        _holds[hold.SessionId] = hold;
        _holdEnds[hold.SessionId] = time.GetUtcNow() + options.Value.Lease;
    }

    private void Forget(SessionHold hold)
    {
        _holds.Remove(hold.SessionId);
        _holdEnds.Remove(hold.SessionId);
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= UserConnection.IdLengthMax };

    private void Disconnect(string connectionId)
    {
        _leases = _leases.Disconnect(connectionId);
        foreach (var hold in _holds.Values.Where(hold => hold.ConnectionId == connectionId).ToList())
            Forget(hold);
    }

    private void ForgetHoldsOfTheGone()
    {
        var here = _leases.At(time.GetUtcNow()).ToView().Connections.Select(static connection => connection.ConnectionId).ToHashSet(StringComparer.Ordinal);
        foreach (var hold in _holds.Values.Where(hold => !here.Contains(hold.ConnectionId)).ToList())
            Forget(hold);
    }

    private UserConnections Tell(Guid gatewayId)
    {
        (var ended, _leases) = _leases.Tell(gatewayId);
        return _leases.ToView(ended);
    }

    private void Expire()
    {
        var before = _parked.All.Length;
        _parked = _parked.At(time.GetUtcNow());
        if (_parked.All.Length < before)
            instruments.Expired(before - _parked.All.Length);
    }

    /// <summary>While a session waits the grain stays, though nobody calls it.</summary>
    private void SetExpiry()
    {
        if (_parked.NextEnd is not { } end)
        {
            _expiry?.Dispose();
            _expiry = null;
            return;
        }

        var due = end - time.GetUtcNow();
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        DelayDeactivation(due + TimeSpan.FromSeconds(1));
        if (_expiry is null)
            _expiry = this.RegisterGrainTimer(OnExpiryAsync, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else
            _expiry.Change(due, Timeout.InfiniteTimeSpan);
    }

    private Task OnExpiryAsync()
    {
        Expire();
        SetExpiry();
        return Task.CompletedTask;
    }
}
