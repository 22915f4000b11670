using WhatsSound.Presence;
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

    /// <summary>Who is here, and the position up to which presence publications are included.</summary>
    [Alias("ReadPresence"), ReadOnly]
    Task<PresenceView> ReadPresenceAsync();

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
    /// Renews a gateway's lease on its lane and on the connections it has entered. The answer says what the channel does not know, so that the gateway
    /// subscribes or reconciles, and the head, so that it sees a silent loss. Cost: one pass over the gateway's connections.
    /// </summary>
    [Alias("Renew")]
    Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease);

    /// <summary>
    /// Makes what the channel knows of a gateway's connections what the gateway says: those that it lacks enter, and those that the gateway does not have any more
    /// are lost. Nobody is told of one who was here all the time. Doing it again, or late, is harmless.
    /// </summary>
    [Alias("Reconcile")]
    Task<PresenceRollAnswer> ReconcileAsync(PresenceRoll roll);
}
