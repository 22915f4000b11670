using System.Collections.Immutable;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// What rooms have said of who is out, as far as the feeds of this gateway have seen it: each publication of a room's main channel passes a feed, or the answer to whoever attaches, before anybody
/// can count as attached behind it. The newest of each user are remembered for those who are joining; beyond the bound the oldest is forgotten, and the room says it again.
/// </summary>
internal sealed class Dismissals
{
    private const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string RoomId, string UserId), Dismissal> _newest = [];
    private readonly Queue<(string RoomId, string UserId)> _order = new();
    private readonly System.Threading.Channels.Channel<Dismissal> _heard;

    public Dismissals() => _heard = System.Threading.Channels.Channel.CreateBounded<Dismissal>(
        new System.Threading.Channels.BoundedChannelOptions(Max) { FullMode = System.Threading.Channels.BoundedChannelFullMode.DropOldest }, Forget);

    /// <summary>Each that was not known when it was seen, of which nothing newer was: whoever attaches reads the others again. At the bound the oldest is forgotten, and the room says it again.</summary>
    public System.Threading.Channels.ChannelReader<Dismissal> Heard => _heard.Reader;

    /// <summary>Looks for them in what came of a channel. Cheap where there are none.</summary>
    public void See(string channel, ImmutableArray<Publication> publications)
    {
        foreach (var publication in publications)
        {
            if (publication is { PublisherKind: PublisherKind.Room, Event: RoomEvents.Sanction or RoomEvents.Closed } && Read(channel, publication) is { } dismissal)
                Take(dismissal);
        }
    }

    /// <summary>Whether the user is out of the room by something that happened after a revision.</summary>
    public Dismissal? Find(string roomId, string userId, long afterRevision)
    {
        lock (_gate)
            return FindHere(roomId, userId, afterRevision) ?? FindHere(roomId, "", afterRevision);
    }

    /// <summary>It did not come to anything: it is not known any more, and counts when the room says it again.</summary>
    public void Forget(Dismissal dismissal)
    {
        var key = (dismissal.RoomId, dismissal.UserId ?? "");
        lock (_gate)
        {
            if (_newest.TryGetValue(key, out var known) && known.Revision == dismissal.Revision)
                _newest[key] = known with { Revision = known.Revision - 1 };
        }
    }

    private Dismissal? FindHere(string roomId, string userId, long afterRevision) =>
        _newest.TryGetValue((roomId, userId), out var dismissal) && dismissal.Revision > afterRevision ? dismissal : null;

    private static Dismissal? Read(string channel, Publication publication)
    {
        if (RoomId.OfChannel(channel) is not { } roomId)
            return null;
        if (publication.Event == RoomEvents.Closed)
            return publication.Data.TryRead(WireJson.Default.RoomClosing) is { } closing ? new Dismissal(roomId, UserId: null, RefusalCode.RoomClosed, closing.Revision) : null;
        if (publication.Data.TryRead(WireJson.Default.SanctionNotice) is not { IsLifted: false, Kind: SanctionKind.Kick or SanctionKind.Ban } notice)
            return null;
        return new Dismissal(roomId, notice.UserId, notice.Kind == SanctionKind.Ban ? RefusalCode.Banned : RefusalCode.Kicked, notice.Revision);
    }

    private void Take(Dismissal dismissal)
    {
        var key = (dismissal.RoomId, dismissal.UserId ?? "");
        lock (_gate)
        {
            if (!_newest.TryGetValue(key, out var known))
                _order.Enqueue(key);
            else if (known.Revision >= dismissal.Revision)
                return;
            _newest[key] = dismissal;
            if (_order.Count > Max)
                _newest.Remove(_order.Dequeue());
        }

        _heard.Writer.TryWrite(dismissal);
    }
}
