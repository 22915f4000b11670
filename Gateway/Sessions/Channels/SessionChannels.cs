using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session does with channels, whatever its door. A refusal has changed nothing.</summary>
internal sealed class SessionChannels(
    IClusterClient cluster,
    FeedRegistry feeds,
    IRuleBook rules,
    Allowances allowances,
    GatewayIdentity gateway,
    IOptions<SessionLimits> sessionOptions,
    IOptions<DeliveryOptions> deliveryOptions,
    TimeProvider time,
    ILogger<SessionChannels> logger)
{
    /// <summary>How sessions enter and leave presence.</summary>
    public SessionPresence Presence { get; } = new(new PresenceExits(cluster, feeds.Presence, deliveryOptions.Value, time, logger), feeds.Presence, gateway);

    /// <summary>Who is out of which rooms.</summary>
    public Dismissals Dismissals => feeds.Dismissals;

    /// <summary>Attaches, or moves an attachment. Refusals: those of access, NOT_MEMBER, SUBSCRIPTION_LIMIT, NOT_READY.</summary>
    public async Task<Answer<Recovery>> SubscribeAsync(Session session, string channel, AttachRequest request)
    {
        if (RefuseUse(session, channel, Capability.Subscribe) is { } refusal)
            return refusal;
        if (session.FindAttachment(channel) is null && session.AttachmentCount >= sessionOptions.Value.ChannelsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is attached to as many channels as is allowed.", sessionOptions.Value.ChannelsMax);
        if (RefuseNew(session, channel) is { } tooMany)
            return tooMany;
        var answer = MayReadHistory(session, channel)
            ? await AttachAsync(session, channel, request with { From = WithNewest(channel, request.From) })
            : await AttachAtHeadAsync(session, channel, request);

        // It may have been sent out of the room meanwhile.
        if (answer.IsRefused || RefuseNonMember(session, channel) is not { } outside)
            return answer;
        if (session.FindAttachment(channel) is { } attachment)
            Detach(session, attachment);
        return outside;
    }

    /// <summary>Of a conflated channel who begins nowhere in particular gets the newest of each key, which is all that the channel says.</summary>
    private RecoverRequest WithNewest(string channel, RecoverRequest request) =>
        request is { Since: null, RewindCount: null, RewindMs: null } && rules.For(channel).ConflateInterval is not null ? request with { Newest = true } : request;

    /// <summary>Attaches a session that may not have what was published before it came: it is told that this is lost to it, and cannot ask for it.</summary>
    private async Task<Answer<Recovery>> AttachAtHeadAsync(Session session, string channel, AttachRequest request)
    {
        if (request.From is { Since: null } and ({ RewindCount: not null } or { RewindMs: not null }))
            return NeedsUser("history");
        var answer = await AttachAsync(session, channel, request with { From = new RecoverRequest() });
        return !answer.IsRefused && request.From.Since is { } since ? WithheldHistory.Since(since, answer.Value) : answer;
    }

    /// <summary>Detaches, and leaves presence on purpose. Refusals: NOT_SUBSCRIBED, FORBIDDEN for a room that the session is in.</summary>
    public async Task<Answer<Done>> UnsubscribeAsync(Session session, string channel)
    {
        if (RoomId.OfChannel(channel) is { } roomId && session.Rooms.Contains(roomId, StringComparer.Ordinal))
            return RoomsOwn();
        if (session.FindAttachment(channel) is not { } attachment)
            return NotSubscribed(channel);
        Detach(session, attachment);
        await Presence.LeaveAsync(session, channel);
        return Done.Value;
    }

    /// <summary>Publishes as the session's user, or as a session without one. Refusals: those of access, NOT_MEMBER, PAYLOAD_TOO_LARGE, RATE_LIMITED, those of the channel.</summary>
    public async Task<Answer<Published>> PublishAsync(Session session, string channel, PublishRequest request)
    {
        var rule = rules.For(channel);
        if (RefuseAccess(session, channel, Capability.Publish) is { } refusal)
            return refusal;
        if (!rule.ClientPublish)
            return Refusals.Final(RefusalCode.Forbidden, "Only the server publishes on this channel.", "publish");
        if (RefuseNonMember(session, channel) is { } outside)
            return outside;
        if (request.Data.Length > rule.PublicationBytesMax)
            return Refusals.Limit(RefusalCode.PayloadTooLarge, $"`data` must have at most {rule.PublicationBytesMax:N0} bytes.", rule.PublicationBytesMax);
        if ((allowances.TakePublication(session, rule) ?? RefuseNew(session, channel)) is { } tooMany)
            return tooMany;
        return await cluster.GetChannel(channel).PublishAsync(PublishedBy(session, request));
    }

    /// <summary>Enters presence, or changes what is shown. Refusals: those of access, NOT_SUBSCRIBED, PRESENCE_DISABLED, FORBIDDEN for a room.</summary>
    public async Task<Answer<PresenceView>> EnterAsync(Session session, string channel, Payload info)
    {
        if (RefuseAccess(session, channel, Capability.Presence) is { } refusal)
            return refusal;
        if (RoomId.OfChannel(channel) is not null)
            return RoomsOwn();
        if (!rules.For(channel).Presence)
            return PresenceDisabled();
        if (session.FindAttachment(channel) is null)
            return NotSubscribed(channel);
        var entry = Presence.BeginEnter(session, channel, info);
        try
        {
            var answer = await cluster.GetChannel(channel).EnterAsync(entry).WaitAsync(session.GivenUp);
            await Presence.EndEnterAsync(session, channel, entry, answer.Refusal);
            return answer;
        }
        catch
        {
            await Presence.UndoEnterAsync(session, channel, entry);
            throw;
        }
    }

    /// <summary>Leaves presence on purpose. Refusals: NOT_SUBSCRIBED, FORBIDDEN for a room.</summary>
    public async Task<Answer<Done>> LeaveAsync(Session session, string channel)
    {
        if (RoomId.OfChannel(channel) is not null)
            return RoomsOwn();
        if (session.FindAttachment(channel) is null)
            return NotSubscribed(channel);
        await Presence.LeaveAsync(session, channel);
        return Done.Value;
    }

    /// <summary>Who is there. Refusals: those of access, NOT_MEMBER, PRESENCE_DISABLED.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="page">Which page of the connections; null: the members.</param>
    public async Task<Answer<PresenceView>> ReadPresenceAsync(Session session, string channel, ConnectionsFrom? page)
    {
        if (RefuseUse(session, channel, Capability.Presence) is { } refusal)
            return refusal;
        if (!rules.For(channel).Presence)
            return PresenceDisabled();
        if (RefuseNew(session, channel) is { } tooMany)
            return tooMany;
        if (page is not { } from)
            return await cluster.GetChannel(channel).ReadPresenceAsync();
        // What continues the page comes after it.
        if (session.FindAttachment(channel) is { } attachment)
            session.Hold(attachment);
        return await cluster.GetChannel(channel).ReadConnectionsAsync(from.After);
    }

    /// <summary>How many are there, for whoever may listen. Refusals: those of access, NOT_MEMBER.</summary>
    public async Task<Answer<ChannelOccupancy>> ReadOccupancyAsync(Session session, string channel)
    {
        if ((RefuseUse(session, channel, Capability.Subscribe) ?? RefuseNew(session, channel)) is { } refusal)
            return refusal;
        return ChannelOccupancy.Of(channel, await cluster.GetChannel(channel).ReadOccupancyAsync());
    }

    /// <summary>A part of a channel, told as often as the channel's rule needs. Null: all of it.</summary>
    public Wants? WantsOf(string channel, MessageFilter? filter, string? notOf, PresenceShape presence = PresenceShape.Members, string? notKey = null)
    {
        var rule = rules.For(channel);
        if (filter is not null || notOf is not null || presence != PresenceShape.Members)
            return Wants.Of(filter, notOf, rule, presence) with { NotKey = notKey };
        // What it leaves out comes with what it takes in its place; so all that it is not told at once is what is other users' own, and then how far the channel has come.
        return notKey is null ? null : Wants.Of(filter, notOf, rule) with { NotKey = notKey, UntoldMax = 1 };
    }

    /// <summary>Attaches without asking whether the session may: the caller has. Nothing is delivered before <see cref="Session.Answer"/>.</summary>
    public async Task<Answer<Recovery>> AttachAsync(Session session, string channel, AttachRequest request)
    {
        while (true)
        {
            var attachment = session.FindAttachment(channel);
            if (attachment is null or { Feed.IsClosed: true })
                attachment = new ChannelAttachment(session, feeds.FeedOf(channel));
            if (await attachment.Feed.AttachAsync(attachment, request) is not { } answer)
                continue;
            if (!answer.IsRefused && !session.TryAdd(attachment))
                attachment.Feed.Detach(attachment);
            return answer;
        }
    }

    /// <summary>What a session missed, without attaching it and without asking whether it may: the caller has.</summary>
    public async Task<Recovery> ReadAfterAsync(Session session, string channel, Position since)
    {
        while (true)
        {
            if (await feeds.FeedOf(channel).ReadAfterAsync(since, session) is { } recovery)
                return recovery;
        }
    }

    /// <summary>Ends an attachment that is not in presence. It is final: what waits for the socket goes as well.</summary>
    public static void Detach(Session session, ChannelAttachment attachment)
    {
        attachment.Feed.Detach(attachment);
        session.Remove(attachment);
        session.Outbox.Forget(attachment.Feed.Channel);
    }

    /// <summary>Ends an attachment that the session has not ended, and says so. Does not throw.</summary>
    public Task DetachAsync(Session session, ChannelAttachment attachment, string code)
    {
        Detach(session, attachment);
        session.TellDetached(attachment, code);
        return Presence.LeaveAsync(session, attachment.Feed.Channel);
    }

    /// <summary>The session is gone: detaches everything, and leaves presence as one who was lost or said goodbye, of all channels at once: none waits for another.</summary>
    public Task EndAsync(IReadOnlyList<ChannelAttachment> attachments)
    {
        foreach (var attachment in attachments)
            attachment.Feed.Detach(attachment);
        return Task.WhenAll(attachments.Select(attachment => Presence.LoseAsync((Session)attachment.Subscriber, attachment.Feed.Channel)));
    }

    /// <summary>Null if the session may do this on the channel.</summary>
    public Refusal? RefuseAccess(Session session, string channel, Capability capability)
    {
        var rule = rules.For(channel);
        if (!rule.ClientUse)
            return Refusals.Final(RefusalCode.Forbidden, "The server has no such channel for clients.", "channel");
        if (rule.TlsOnly && !session.IsTls)
            return Refusals.Final(RefusalCode.TlsRequired, "The channel takes connections over TLS only.");
        if (session.Identity is not { } identity)
            return RefuseAnonymous(session, rule, channel, capability);
        if (!UserChannels.MayUse(channel, identity.UserId))
            return Refusals.Final(RefusalCode.Forbidden, "The channel is another user's.", "user");
        return identity.Allows(capability, channel) ? null : NotAllowed(capability);
    }

    private static Refusal? RefuseAnonymous(Session session, ChannelRule rule, string channel, Capability capability)
    {
        var use = capability switch
        {
            Capability.Subscribe => AnonymousUse.Subscribe,
            Capability.Publish => AnonymousUse.Publish,
            _ => AnonymousUse.Nothing,
        };
        if (!MayAnonymous(rule, channel, use))
            return NeedsUser(CapabilitySet.NameOf(capability));
        return session.Grant?.Allows(capability, channel) == false ? NotAllowed(capability) : null;
    }

    /// <summary>Whose channel it is comes before what a rule that covers it says.</summary>
    private static bool MayAnonymous(ChannelRule rule, string channel, AnonymousUse use) =>
        use != AnonymousUse.Nothing
        && rule is { Identified: false } && rule.Anonymous.HasFlag(use)
        && !UserChannels.Includes(channel) && rule.ManagerOf(channel) == ChannelManager.Nobody;

    private static Refusal NeedsUser(string what) =>
        Refusals.Final(RefusalCode.Unauthenticated, "Only a connection with a user may do this on the channel.", what);

    private static Refusal NotAllowed(Capability capability) =>
        Refusals.Final(RefusalCode.Forbidden, "The token does not allow this on the channel.", CapabilitySet.NameOf(capability));

    /// <summary>Null if the session may have what was published on the channel before it came.</summary>
    public Refusal? RefuseHistory(Session session, string channel) =>
        RefuseUse(session, channel, Capability.Subscribe) ?? (MayReadHistory(session, channel) ? null : NeedsUser("history"));

    private bool MayReadHistory(Session session, string channel) =>
        session.Identity is not null || MayAnonymous(rules.For(channel), channel, AnonymousUse.History);

    private static PublishRequest PublishedBy(Session session, PublishRequest request) => session.Identity is { } identity
        ? request with { Publisher = identity.UserId, Connection = session.StableId }
        : request with { Publisher = AnonymousName.Of(session), PublisherKind = PublisherKind.Anonymous, Connection = session.StableId };

    /// <summary>Null if the session may do this on the channel, and be in it.</summary>
    public Refusal? RefuseUse(Session session, string channel, Capability capability) =>
        RefuseAccess(session, channel, capability) ?? RefuseNonMember(session, channel);

    /// <summary>
    /// Null if whoever manages the channel lets the session in. What the session itself has joined counts, which is known here, and ends with its stay: a user's other connection may leave
    /// without this gateway hearing of it, and to ask the room would be a call for each subscription.
    /// </summary>
    public Refusal? RefuseNonMember(Session session, string channel)
    {
        if (!IsManaged(channel))
            return null;
        return RoomId.InChannel(channel) is { } roomId && session.Rooms.Contains(roomId, StringComparer.Ordinal)
            ? null
            : Refusals.Final(RefusalCode.NotMember, "The channel is a room's, which the connection has not joined.", session.Identity!.UserId);
    }

    /// <summary>Whether the room decides who is in the channel.</summary>
    public bool IsManagedBy(string roomId, string channel) =>
        IsManaged(channel) && string.Equals(RoomId.InChannel(channel), roomId, StringComparison.Ordinal);

    private bool IsManaged(string channel) => rules.For(channel).ManagerOf(channel) == ChannelManager.Room;

    /// <summary>Null if others use the channel, or room, through this gateway, or the user may be the first.</summary>
    public Refusal? RefuseNew(Session session, string channel) => feeds.Has(channel) ? null : allowances.TakeChannel(session, channel, feeds.Has);

    /// <summary>Why something is refused that only an attached session may.</summary>
    public static Refusal NotSubscribed(string channel) =>
        Refusals.Final(RefusalCode.NotSubscribed, "The connection is not attached to this channel.", channel);

    /// <summary>Around the room there would be members beyond its limit, and sessions in it that get nothing of it.</summary>
    private static Refusal RoomsOwn() =>
        Refusals.Final(RefusalCode.Forbidden, "The channel is a room's; join or leave the room.", "channel");

    private static Refusal PresenceDisabled() => Refusals.Final(RefusalCode.PresenceDisabled, "The channel has no presence.");
}
