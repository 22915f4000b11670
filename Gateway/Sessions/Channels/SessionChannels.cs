using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session is attached to, and where it is present, whatever its door. A refusal has changed nothing.</summary>
internal sealed class SessionChannels(
    IClusterClient cluster,
    FeedRegistry feeds,
    IRuleBook rules,
    ChannelAccess access,
    ChannelActs acts,
    GatewayIdentity gateway,
    IOptions<SessionLimits> sessionOptions,
    IOptions<DeliveryOptions> deliveryOptions,
    TimeProvider time,
    ILogger<SessionChannels> logger)
{
    /// <summary>How sessions enter and leave presence.</summary>
    public SessionPresence Presence { get; } = new(new PresenceExits(cluster, feeds.Presence, deliveryOptions.Value, time, logger), feeds.Presence, gateway);

    /// <summary>Who may what.</summary>
    public ChannelAccess Access => access;

    /// <summary>Who is out of which rooms.</summary>
    public Dismissals Dismissals => feeds.Dismissals;

    /// <summary>Attaches, or moves an attachment. Refusals: those of access, NOT_MEMBER, SUBSCRIPTION_LIMIT, NOT_READY.</summary>
    public async Task<Answer<Recovery>> SubscribeAsync(Session session, string channel, AttachRequest request)
    {
        if (access.RefuseUse(session, channel, Capability.Subscribe) is { } refusal)
            return refusal;
        if (session.FindAttachment(channel) is null && session.AttachmentCount >= sessionOptions.Value.ChannelsMax)
            return Refusals.Limit(RefusalCode.SubscriptionLimit, "The connection is attached to as many channels as is allowed.", sessionOptions.Value.ChannelsMax);
        if (access.RefuseNew(session, channel) is { } tooMany)
            return tooMany;
        var answer = access.MayReadHistory(session, channel)
            ? await AttachAsync(session, channel, request with { From = WithNewest(channel, request.From) })
            : await AttachAtHeadAsync(session, channel, request);

        // It may have been sent out of the room meanwhile, or have lost the right.
        if (answer.IsRefused || access.RefuseUse(session, channel, Capability.Subscribe) is not { } outside)
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
            return ChannelAccess.NeedsUser("history");
        var answer = await AttachAsync(session, channel, request with { From = new RecoverRequest() });
        return !answer.IsRefused && request.From.Since is { } since ? WithheldHistory.Since(since, answer.Value) : answer;
    }

    /// <summary>Detaches, and leaves presence on purpose. Refusals: NOT_SUBSCRIBED, FORBIDDEN for a room that the session is in.</summary>
    public async Task<Answer<Done>> UnsubscribeAsync(Session session, string channel)
    {
        if (RoomId.OfChannel(channel) is { } roomId && session.IsIn(roomId))
            return RoomsOwn();
        if (session.FindAttachment(channel) is not { } attachment)
            return NotSubscribed(channel);
        Detach(session, attachment);
        await Presence.LeaveAsync(session, channel);
        return Done.Value;
    }

    /// <summary>Enters presence, or changes what is shown. Refusals: those of access, NOT_SUBSCRIBED, PRESENCE_DISABLED, FORBIDDEN for a room.</summary>
    public async Task<Answer<PresenceView>> EnterAsync(Session session, string channel, Payload info)
    {
        if (access.RefuseAccess(session, channel, Capability.Presence) is { } refusal)
            return refusal;
        if (RoomId.OfChannel(channel) is not null)
            return RoomsOwn();
        if (!rules.For(channel).Presence)
            return ChannelActs.PresenceDisabled();
        if (session.FindAttachment(channel) is null)
            return NotSubscribed(channel);
        var entry = Presence.BeginEnter(session, channel, info);
        try
        {
            var answer = await cluster.GetChannel(channel).EnterAsync(entry).WaitAsync(session.GivenUp);
            await Presence.EndEnterAsync(session, channel, entry, answer.Refusal);
            // It may have lost the right meanwhile.
            if (answer.IsRefused || access.RefuseAccess(session, channel, Capability.Presence) is not { } gone)
                return answer;
            await Presence.LeaveAsync(session, channel);
            return gone;
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

    /// <inheritdoc cref="ChannelActs.ReadPresenceAsync"/>
    public Task<Answer<PresenceView>> ReadPresenceAsync(Session session, string channel, ConnectionsFrom? page)
    {
        // What continues the page comes after it.
        if (page is not null && session.FindAttachment(channel) is { } attachment)
            session.Hold(attachment);
        return acts.ReadPresenceAsync(session, channel, page);
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

    /// <summary>Why something is refused that only an attached session may.</summary>
    public static Refusal NotSubscribed(string channel) =>
        Refusals.Final(RefusalCode.NotSubscribed, "The connection is not attached to this channel.", channel);

    /// <summary>Around the room there would be members beyond its limit, and sessions in it that get nothing of it.</summary>
    private static Refusal RoomsOwn() =>
        Refusals.Final(RefusalCode.Forbidden, "The channel is a room's; join or leave the room.", "channel");
}
