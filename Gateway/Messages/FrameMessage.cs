using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;

namespace WhatsSound.Gateway.Messages;

/// <summary>Publications of a channel on their way to sockets.</summary>
internal sealed class FrameMessage(ChannelFrame frame) : OutgoingMessage
{
    // For those who get a part of it, whom most frames do not have. Under the feed's lock.
    private Dictionary<MessageFilter, FrameMessage>? _matching;
    private Dictionary<long, FrameMessage>? _since;
    private FrameMessage?[]? _shown;
    private Dictionary<string, FrameMessage>? _withoutKey;
    private bool? _hasPresence;
    private bool? _hasOwn;
    private FrameMessage? _forAll;
    private Dictionary<long, IReadOnlyDictionary<string, string>>? _headers;

    public ChannelFrame Frame { get; } = frame;

    public override string Channel => Frame.Channel;

    public override int BytesEstimate { get; } = EstimateOf(frame);

    /// <summary>How many bytes its publications count against a channel's history.</summary>
    public int ContentBytes { get; } = frame.Publications.Sum(static publication => publication.ContentBytes);

    /// <summary>
    /// A conflated frame replaces an older one of the same channel that nobody has seen: the newest per key of both. One for all may begin before the end of what went before it to one user alone.
    /// </summary>
    public override OutgoingMessage? Replacing(OutgoingMessage older) =>
        Frame.Class == DeliveryClass.Conflated
        && older is FrameMessage { Frame: var before }
        && string.Equals(before.Channel, Frame.Channel, StringComparison.Ordinal)
        && string.Equals(before.Epoch, Frame.Epoch, StringComparison.Ordinal)
        && (before.HeadOffset <= Frame.PreviousOffset || GoesOn(before, Frame))
            ? new FrameMessage(Frame with
            {
                PreviousOffset = before.PreviousOffset,
                Publications = QueueWindows.Newest(NewestPerKey.Of([.. before.Publications, .. Frame.Publications])),
            })
            : null;

    /// <summary>What a socket that has everything up to the offset still lacks; null if nothing.</summary>
    public FrameMessage? After(long offset)
    {
        if (Frame.PreviousOffset >= offset)
            return this;
        if (Frame.HeadOffset <= offset)
            return null;
        return new FrameMessage(Frame with
        {
            PreviousOffset = offset,
            Publications = Frame.Publications.RemoveAll(publication => publication.Offset <= offset),
        });
    }

    /// <summary>
    /// What of the frame is for a user. What is for all is one message for all, encoded once for them; what is for the user alone goes before it, or, where that would change the order, or stands in place of what others get, together
    /// with it.
    /// </summary>
    public (FrameMessage? Own, FrameMessage ForAll) For(string? userId)
    {
        if (!(_hasOwn ??= Frame.Publications.Any(static publication => publication.Own is not null)))
            return (null, this);
        _forAll ??= new FrameMessage(Frame with { Publications = Of(userId: null) });
        var own = Frame.Publications.Where(publication => publication.Own is not null && string.Equals(publication.Own.UserId, userId, StringComparison.Ordinal)).ToList();
        if (own.Count == 0)
            return (null, _forAll);
        var head = own[^1].Offset;
        return own.Exists(static publication => publication.OnlyFor is null) || (_forAll.Frame.Publications is [{ Offset: var first }, ..] && first < head)
            ? (null, new FrameMessage(Frame with { Publications = Of(userId) }))
            : (new FrameMessage(Frame with { HeadOffset = head, Publications = [.. own.Select(publication => publication.For(userId)!)] }), _forAll);
    }

    /// <summary>
    /// What of the frame passes a filter: the frame says how far the channel has come whatever passes, so that gaps show. Made once for all whose filters are equal.
    /// </summary>
    public FrameMessage Matching(MessageFilter filter)
    {
        _matching ??= [];
        if (!_matching.TryGetValue(filter, out var matching))
            _matching.Add(filter, matching = Only(publication => filter.Matches(publication, HeadersOf)));
        return matching;
    }

    /// <summary>The frame as presence is told to a subscriber. Made once for all.</summary>
    public FrameMessage Showing(PresenceShape shape)
    {
        if (shape == PresenceShape.Members || !(_hasPresence ??= Frame.Publications.Any(PresenceShapes.IsPresence)))
            return this;
        _shown ??= new FrameMessage?[PresenceShapes.Count];
        return _shown[(int)shape] ??= new FrameMessage(Frame with { Publications = PresenceShapes.Of(shape, Frame.Publications) });
    }

    /// <summary>The frame without the publications that came from a connection.</summary>
    public FrameMessage Without(string connection) => Only(publication => !string.Equals(publication.Connection, connection, StringComparison.Ordinal));

    /// <summary>The frame without the publications of a key, and without what those that are left stand for. Made once for all who leave out the same.</summary>
    public FrameMessage WithoutKey(string key)
    {
        _withoutKey ??= [];
        if (!_withoutKey.TryGetValue(key, out var others))
            _withoutKey.Add(key, others = With(QueueWindows.Newest(Frame.Publications.RemoveAll(publication => string.Equals(publication.Key, key, StringComparison.Ordinal)))));
        return others;
    }

    /// <summary>The frame for somebody who was told of nothing since that offset, since nothing passed.</summary>
    public FrameMessage Since(long offset)
    {
        if (Frame.PreviousOffset == offset)
            return this;
        _since ??= [];
        if (!_since.TryGetValue(offset, out var since))
            _since.Add(offset, since = new FrameMessage(Frame with { PreviousOffset = offset }));
        return since;
    }

    /// <summary>Read once for all filters.</summary>
    private IReadOnlyDictionary<string, string> HeadersOf(Publication publication)
    {
        _headers ??= [];
        if (!_headers.TryGetValue(publication.Offset, out var headers))
            _headers.Add(publication.Offset, headers = MessageFilter.HeadersOf(publication));
        return headers;
    }

    /// <summary>Whether a frame that begins within another has only what comes after it.</summary>
    private static bool GoesOn(ChannelFrame before, ChannelFrame frame) =>
        before.PreviousOffset <= frame.PreviousOffset
        && before.HeadOffset <= frame.HeadOffset
        && (before.Publications.IsEmpty || frame.Publications.IsEmpty || before.Publications[^1].Offset < frame.Publications[0].Offset);

    private ImmutableArray<Publication> Of(string? userId) => [.. Frame.Publications.Select(publication => publication.For(userId)).OfType<Publication>()];

    private FrameMessage Only(Func<Publication, bool> passes) => With(Frame.Publications.RemoveAll(publication => !passes(publication)));

    private FrameMessage With(ImmutableArray<Publication> passed) => passed.Length == Frame.Publications.Length ? this : new FrameMessage(Frame with { Publications = passed });

    private static int EstimateOf(ChannelFrame frame)
    {
        var bytes = 160 + frame.Channel.Length;
        foreach (var publication in frame.Publications)
            bytes += 160 + publication.ContentBytes + publication.Id.Length + (publication.Event?.Length ?? 0) + (publication.Publisher?.Length ?? 0);
        return bytes;
    }
}
