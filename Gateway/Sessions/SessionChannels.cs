using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
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
    private const int LeaveAttemptsMax = 3;

    /// <summary>Attaches, or moves an attachment. Refusals: those of access, SUBSCRIPTION_LIMIT, NOT_READY.</summary>
    public async Task<Answer<Recovery>> SubscribeAsync(Session session, string channel, AttachRequest request)
    {
        if (RefuseAccess(session, channel, Capability.Subscribe) is { } refusal)
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
        await LeaveAsync(session, channel, isAbrupt: false);
        Detach(session, attachment);
        return Done.Value;
    }

    /// <summary>Publishes as the session's user. Refusals: those of access, PAYLOAD_TOO_LARGE, RATE_LIMITED, those of the channel.</summary>
    public async Task<Answer<Published>> PublishAsync(Session session, string channel, PublishRequest request)
    {
        var rule = rules.For(channel);
        if (RefuseAccess(session, channel, Capability.Publish) is { } refusal)
            return refusal;
        if (!rule.ClientPublish)
            return Refusals.Final(RefusalCode.Forbidden, "Only the server publishes on this channel.", "publish");
        if (request.Data.Length > rule.PublicationBytesMax)
            return Refusals.Limit(RefusalCode.PayloadTooLarge, "The data is larger than the channel takes.", rule.PublicationBytesMax);
        if (!session.TryTakePublication(time, rule, out var retryAfter))
            return Refusals.Retry(RefusalCode.RateLimited, "Too many publications.", retryAfter);
        return await cluster.GetChannel(channel).PublishAsync(request with { Publisher = session.Identity!.UserId });
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
        var entry = BeginEnter(session, channel, info);
        try
        {
            var answer = await cluster.GetChannel(channel).EnterAsync(entry);
            await EndEnterAsync(session, channel, entry, answer.Refusal);
            return answer;
        }
        catch
        {
            await UndoEnterAsync(channel, entry);
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
        await LeaveAsync(session, channel, isAbrupt: false);
        return Done.Value;
    }

    /// <summary>Who is there. Refusals: those of access, PRESENCE_DISABLED.</summary>
    public async Task<Answer<PresenceView>> ReadPresenceAsync(Session session, string channel)
    {
        if (RefuseAccess(session, channel, Capability.Presence) is { } refusal)
            return refusal;
        return rules.For(channel).Presence ? await cluster.GetChannel(channel).ReadPresenceAsync() : PresenceDisabled();
    }

    /// <summary>
    /// What is to be entered for a session, numbered: its name is the token's, whatever the info says. <see cref="EndEnterAsync"/> or
    /// <see cref="UndoEnterAsync"/> must follow.
    /// </summary>
    public PresenceEntry BeginEnter(Session session, string channel, Payload info) => feeds.Presence.Enter(channel, new()
    {
        UserId = session.Identity!.UserId,
        ConnectionId = session.Id,
        GatewayId = gateway.Id,
        Info = info,
        DisplayName = session.Identity.DisplayName,
    });

    /// <summary>The entry was answered. A session that has ended meanwhile is taken out again.</summary>
    public async Task EndEnterAsync(Session session, string channel, PresenceEntry entry, Refusal? refusal)
    {
        if (refusal is { Retryable: true } || session.HasEnded)
            await UndoEnterAsync(channel, entry);
        else if (refusal is not null)
            feeds.Presence.NotEntered(channel, entry);
        else
            feeds.Presence.Entered(channel, entry);
    }

    /// <summary>
    /// Nobody knows whether the connection got in: one that was not in presence before leaves as one who was lost. Does not throw.
    /// </summary>
    public async Task UndoEnterAsync(string channel, PresenceEntry entry)
    {
        if (feeds.Presence.MaybeEntered(channel, entry) is { } exit)
            await TryExitAsync(channel, exit);
    }

    /// <summary>
    /// Takes the connection off what this gateway says is in presence: a renewal that passes by a leave does not bring it back. Null: it is not in presence.
    /// <see cref="EndLeaveAsync"/> must follow.
    /// </summary>
    public PresenceExit? BeginLeave(Session session, string channel) => feeds.Presence.Exit(channel, session.Id, isAbrupt: false);

    /// <summary>The leave was answered, or failed: then the channel is told from here. Does not throw.</summary>
    public async Task EndLeaveAsync(string channel, PresenceExit exit, bool isDone)
    {
        if (isDone)
            feeds.Presence.Exited(channel, exit);
        else
            await TryExitAsync(channel, exit);
    }

    /// <summary>Attaches without asking whether the session may: the caller has.</summary>
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

    /// <summary>Ends an attachment that is not in presence.</summary>
    public static void Detach(Session session, ChannelAttachment attachment)
    {
        attachment.Feed.Detach(attachment);
        session.Remove(attachment);
    }

    /// <summary>The session is gone: detaches everything, and leaves presence as one who was lost.</summary>
    public async Task EndAsync(IReadOnlyList<ChannelAttachment> attachments)
    {
        foreach (var attachment in attachments)
            attachment.Feed.Detach(attachment);
        foreach (var attachment in attachments)
            await LeaveAsync((Session)attachment.Subscriber, attachment.Feed.Channel, isAbrupt: true);
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

    private async Task LeaveAsync(Session session, string channel, bool isAbrupt)
    {
        if (feeds.Presence.Exit(channel, session.Id, isAbrupt) is { } exit)
            await ExitAsync(channel, exit);
    }

    private async Task TryExitAsync(string channel, PresenceExit exit)
    {
        try
        {
            await ExitAsync(channel, exit);
        }
        catch (Exception exception)
        {
            // The next renewal does not name it.
            SessionLog.LeaveFailed(logger, exception, channel);
        }
    }

    private async Task ExitAsync(string channel, PresenceExit exit)
    {
        try
        {
            await CallExitAsync(channel, exit);
        }
        finally
        {
            feeds.Presence.Exited(channel, exit);
        }
    }

    private async Task CallExitAsync(string channel, PresenceExit exit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await cluster.GetChannel(channel).LeaveAsync(exit).WaitAsync(deliveryOptions.Value.CallTimeout, time);
                return;
            }
            catch (Exception exception) when (attempt < LeaveAttemptsMax)
            {
                // The channel may be moving; until it knows, the member is shown.
                SessionLog.LeaveFailed(logger, exception, channel);
            }
        }
    }

    private static Refusal NotSubscribed(string channel) =>
        Refusals.Final(RefusalCode.NotSubscribed, "The connection is not attached to this channel.", channel);

    /// <summary>Around the room there would be members beyond its limit, and sessions in it that get nothing of it.</summary>
    private static Refusal RoomsOwn() =>
        Refusals.Final(RefusalCode.Forbidden, "The channel is a room's; join or leave the room.", "channel");

    private static Refusal PresenceDisabled() => Refusals.Final(RefusalCode.PresenceDisabled, "The channel has no presence.");
}
