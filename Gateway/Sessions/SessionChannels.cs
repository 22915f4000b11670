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
    ChannelRules rules,
    GatewayIdentity gateway,
    IOptions<SessionLimits> sessionOptions,
    IOptions<DeliveryOptions> deliveryOptions,
    TimeProvider time,
    ILogger<SessionChannels> logger)
{
    /// <summary>How sessions enter and leave presence.</summary>
    public SessionPresence Presence { get; } = new(cluster, feeds.Presence, gateway, deliveryOptions.Value, time, logger);

    /// <summary>Attaches, or moves an attachment. Refusals: those of access, NOT_MEMBER, SUBSCRIPTION_LIMIT, NOT_READY.</summary>
    public async Task<Answer<Recovery>> SubscribeAsync(Session session, string channel, AttachRequest request)
    {
        if (RefuseUse(session, channel, Capability.Subscribe) is { } refusal)
            return refusal;
        if (session.FindAttachment(channel) is null && session.AttachmentCount >= sessionOptions.Value.ChannelsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is attached to as many channels as is allowed.", sessionOptions.Value.ChannelsMax);
        return await AttachAsync(session, channel, request);
    }

    /// <summary>Detaches, and leaves presence on purpose. Refusals: NOT_SUBSCRIBED, FORBIDDEN for a room that the session is in.</summary>
    public async Task<Answer<Done>> UnsubscribeAsync(Session session, string channel)
    {
        if (RoomId.OfChannel(channel) is { } roomId && session.Rooms.Contains(roomId, StringComparer.Ordinal))
            return RoomsOwn();
        if (session.FindAttachment(channel) is not { } attachment)
            return NotSubscribed(channel);
        await Presence.LeaveAsync(session, channel, isAbrupt: false);
        Detach(session, attachment);
        return Done.Value;
    }

    /// <summary>Publishes as the session's user. Refusals: those of access, NOT_MEMBER, PAYLOAD_TOO_LARGE, RATE_LIMITED, those of the channel.</summary>
    public async Task<Answer<Published>> PublishAsync(Session session, string channel, PublishRequest request)
    {
        var rule = rules.For(channel);
        if (RefuseAccess(session, channel, Capability.Publish) is { } refusal)
            return refusal;
        if (!rule.ClientPublish)
            return Refusals.Final(RefusalCode.Forbidden, "Only the server publishes on this channel.", "publish");
        if (RefuseStranger(session, channel) is { } stranger)
            return stranger;
        if (request.Data.Length > rule.PublicationBytesMax)
            return Refusals.Limit(RefusalCode.PayloadTooLarge, "The data is larger than the channel takes.", rule.PublicationBytesMax);
        if (!session.TryTakePublication(time, rule, out var retryAfter))
            return Refusals.Retry(RefusalCode.RateLimited, "Too many publications.", retryAfter);
        return await cluster.GetChannel(channel).PublishAsync(request with { Publisher = session.Identity!.UserId, Connection = session.Id });
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
            var answer = await cluster.GetChannel(channel).EnterAsync(entry);
            await Presence.EndEnterAsync(session, channel, entry, answer.Refusal);
            return answer;
        }
        catch
        {
            await Presence.UndoEnterAsync(channel, entry);
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
        await Presence.LeaveAsync(session, channel, isAbrupt: false);
        return Done.Value;
    }

    /// <summary>Who is there. Refusals: those of access, NOT_MEMBER, PRESENCE_DISABLED.</summary>
    public async Task<Answer<PresenceView>> ReadPresenceAsync(Session session, string channel)
    {
        if (RefuseUse(session, channel, Capability.Presence) is { } refusal)
            return refusal;
        return rules.For(channel).Presence ? await cluster.GetChannel(channel).ReadPresenceAsync() : PresenceDisabled();
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
            if (await feeds.FeedOf(channel).ReadAfterAsync(since, session.Ended) is { } recovery)
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
    public Task DetachAsync(Session session, ChannelAttachment attachment, Refusal why)
    {
        var channel = attachment.Feed.Channel;
        Detach(session, attachment);
        session.Outbox.Deliver(new DetachedMessage(new ChannelDetached(channel, why.Code)));
        return Presence.TryLeaveAsync(session, channel);
    }

    /// <summary>The session is gone: detaches everything, and leaves presence as one who was lost.</summary>
    public async Task EndAsync(IReadOnlyList<ChannelAttachment> attachments)
    {
        foreach (var attachment in attachments)
            attachment.Feed.Detach(attachment);
        foreach (var attachment in attachments)
            await Presence.LeaveAsync((Session)attachment.Subscriber, attachment.Feed.Channel, isAbrupt: true);
    }

    /// <summary>Null if the session may do this on the channel.</summary>
    public Refusal? RefuseAccess(Session session, string channel, Capability capability)
    {
        if (rules.For(channel).TlsOnly && !session.IsTls)
            return Refusals.Final(RefusalCode.TlsRequired, "The channel takes connections over TLS only.");
        var identity = session.Identity!;
        if (!UserChannels.MayUse(channel, identity.UserId))
            return Refusals.Final(RefusalCode.Forbidden, "The channel is another user's.", "user");
        return identity.Allows(capability, channel)
            ? null
            : Refusals.Final(RefusalCode.Forbidden, "The token does not allow this on the channel.", capability.ToString().ToLowerInvariant());
    }

    private Refusal? RefuseUse(Session session, string channel, Capability capability) =>
        RefuseAccess(session, channel, capability) ?? RefuseStranger(session, channel);

    /// <summary>
    /// Null if whoever manages the channel lets the session in. What the session itself has joined counts, which is known here, and ends with its stay: a user's other connection may leave
    /// without this gateway hearing of it, and to ask the room would be a call for each subscription.
    /// </summary>
    private Refusal? RefuseStranger(Session session, string channel)
    {
        if (rules.For(channel).ManagerOf(channel) != ChannelManager.Room)
            return null;
        return RoomId.InChannel(channel) is { } roomId && session.Rooms.Contains(roomId, StringComparer.Ordinal)
            ? null
            : Refusals.Final(RefusalCode.NotMember, "The channel is a room's, which the connection has not joined.", session.Identity!.UserId);
    }

    private static Refusal NotSubscribed(string channel) =>
        Refusals.Final(RefusalCode.NotSubscribed, "The connection is not attached to this channel.", channel);

    /// <summary>Around the room there would be members beyond its limit, and sessions in it that get nothing of it.</summary>
    private static Refusal RoomsOwn() =>
        Refusals.Final(RefusalCode.Forbidden, "The channel is a room's; join or leave the room.", "channel");

    private static Refusal PresenceDisabled() => Refusals.Final(RefusalCode.PresenceDisabled, "The channel has no presence.");
}
