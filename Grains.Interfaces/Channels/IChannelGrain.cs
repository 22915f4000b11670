using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Channels;

/// <summary>
/// A channel: a named, ordered, remembered stream of publications, with presence. Its key is <see cref="ChannelKey.Of"/>.
/// It numbers publications, keeps the recent ones, and publishes each frame once to the stream of its name.
/// </summary>
[Alias("ws.IChannelGrain"), GrainInterfaceType("ws.IChannelGrain")]
public interface IChannelGrain : IGrainWithStringKey, ILiveStreamSource
{
    /// <summary>
    /// Publishes once per id. The answer comes after the channel's rules are kept (persistAll: after the database has it) and carries the position.
    /// Refusals: BAD_REQUEST, PAYLOAD_TOO_LARGE, NOT_READY, TIMEOUT. Cost: memory only, or one write to the message log.
    /// </summary>
    [Alias("Publish")]
    Task<Answer<Published>> PublishAsync(PublishRequest request);

    /// <summary>
    /// Reads what a subscriber missed, with a verdict. Cost: memory only, or pages of the message log, which end with the token; publications do not wait
    /// for them.
    /// </summary>
    [Alias("Recover"), AlwaysInterleave]
    Task<Recovery> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a page of the history: of the message log, where the rule keeps every publication there, otherwise of memory. Nothing above the answered position is in it, so that pages continue one another, and
    /// what is live continues them, while others publish. Cost: a read of the log for each hundred publications, and up to sixty rows of it for a time; they end with the token, and publications do not wait for them.
    /// </summary>
    [Alias("ReadHistory"), AlwaysInterleave]
    Task<HistoryPage> ReadHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what the message log has and the channel does not know of, after an append whose outcome nobody knew; nothing, usually. Until then a page of the history has what that append amended, and not the
    /// publication that says so. Refusals: NOT_READY, if the log cannot say. Cost: memory only, or one read of the log.
    /// </summary>
    [Alias("CatchUp")]
    Task<Answer<Done>> CatchUpAsync();

    /// <summary>
    /// Enters a connection into presence. The first connection of a user makes one <c>joined</c>; entering again renews and, where the info differs,
    /// makes one <c>updated</c>. A user's 33rd connection takes the place of the one that entered first. Refusals: PRESENCE_DISABLED, BAD_REQUEST; CONNECTION_LIMIT, if
    /// the channel is full; NOT_READY, if the connection has left since the entry was made.
    /// </summary>
    [Alias("Enter")]
    Task<Answer<PresenceView>> EnterAsync(PresenceEntry entry);

    /// <summary>
    /// Takes a connection out of presence. The user's <c>left</c> comes at once if the last connection left on purpose, and after the grace if it was lost.
    /// An unknown connection is no error.
    /// </summary>
    [Alias("Leave")]
    Task LeaveAsync(PresenceExit exit);

    /// <summary>As <see cref="LeaveAsync"/>, and says whether the user is gone. A channel of a version before it does not know it.</summary>
    [Alias("Depart")]
    Task<PresenceDeparture> DepartAsync(PresenceExit exit);

    /// <summary>Who is here, and the position up to which presence publications are included.</summary>
    [Alias("ReadPresence"), ReadOnly]
    Task<PresenceView> ReadPresenceAsync();

    /// <summary>
    /// As <see cref="ReadPresenceAsync"/>, with a page of connections in place of members, as subscribers have been told of them up to the position: what is not told yet follows. Pages have
    /// positions of their own. Cost: a pass over the members.
    /// </summary>
    /// <param name="after">The cursor of the page before; null: the first page. One that is none begins anew.</param>
    [Alias("ReadConnections"), ReadOnly]
    Task<PresenceView> ReadConnectionsAsync(string? after);

    /// <summary>
    /// Tells the watcher of every change of presence from now on, until the channel deactivates, and answers everybody who is here. Watching again is no
    /// error; a watcher does so regularly, with the version it knows (0: none), and at once when a delta does not continue that version.
    /// </summary>
    [Alias("WatchPresence")]
    Task<PresenceRoster> WatchPresenceAsync(IPresenceWatcher watcher, long knownVersion);

    /// <summary>Names the members that come first in a presence sample.</summary>
    [Alias("SetHosts")]
    Task SetHostsAsync(System.Collections.Immutable.ImmutableArray<string> userIds);

    /// <summary>
    /// Users did something elsewhere, which counts as if they had published here: they come first in a sample, and are among those who were active in the last minute. One-way: losing it does no harm. Cost: memory only; nobody is told.
    /// </summary>
    [Alias("Touch"), OneWay]
    Task TouchAsync(System.Collections.Immutable.ImmutableArray<string> userIds);

    /// <summary>
    /// Renews a gateway's lease on its lane and on the connections it has entered. The answer says what the channel does not know, so that the gateway
    /// subscribes or reconciles, and the head, so that it sees a silent loss. One that has a number, and to which the
    /// channel has nothing to add, stands from then on. Cost: one pass over the gateway's connections.
    /// </summary>
    [Alias("Renew")]
    Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease);

    /// <summary>
    /// Takes how many sessions of a gateway are attached, in place of what it said before. Where somebody wants to be told of the occupancy, a change goes to the stream in a frame without publications, at most one per
    /// two seconds. Cost: memory only.
    /// </summary>
    [Alias("ReportSubscribers")]
    Task ReportSubscribersAsync(GatewaySubscribers report);

    /// <summary>How many are here. Cost: a pass over the members.</summary>
    [Alias("ReadOccupancy"), ReadOnly]
    Task<Occupancy> ReadOccupancyAsync();

    /// <summary>
    /// Makes what the channel knows of a gateway's connections what the gateway says: those that it lacks enter, and those that the gateway does not have any more
    /// are lost. Nobody is told of one who was here all the time. Doing it again, or late, is harmless.
    /// </summary>
    [Alias("Reconcile")]
    Task<PresenceRollAnswer> ReconcileAsync(PresenceRoll roll);
}
