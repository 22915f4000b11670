using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>Who may what in which channel, whether over a connection or not.</summary>
internal sealed class ChannelAccess(IRuleBook rules, IRevocations revocations, FeedRegistry feeds, Allowances allowances)
{
    /// <summary>
    /// Null if the asker may do this on the channel. A server may what its key allows, also on users' own channels: it is who has something to tell them. Refusals: TOKEN_REVOKED, FORBIDDEN, TLS_REQUIRED, UNAUTHENTICATED.
    /// </summary>
    public Refusal? RefuseAccess(IAsker asker, string channel, Capability capability) => RefuseAccess(asker, channel, rules.For(channel), capability);

    /// <summary>The rule of a channel, now.</summary>
    public ChannelRule RuleOf(string channel) => rules.For(channel);

    /// <summary>Null if the asker may do this on the channel, and be in it.</summary>
    public Refusal? RefuseUse(IAsker asker, string channel, Capability capability)
    {
        var rule = rules.For(channel);
        return RefuseAccess(asker, channel, rule, capability) ?? RefuseOutsider(asker, channel, rule);
    }

    /// <summary>Null if whoever manages the channel lets the asker read what is in it: a server, which is nobody whom a room could let in, by its key's capabilities.</summary>
    public Refusal? RefuseOutsider(IAsker asker, string channel) => RefuseOutsider(asker, channel, rules.For(channel));

    /// <summary>Null if the asker may have what was published on the channel before it came.</summary>
    public Refusal? RefuseHistory(IAsker asker, string channel) =>
        RefuseUse(asker, channel, Capability.Subscribe) ?? (MayReadHistory(asker, channel) ? null : NeedsUser("history"));

    /// <summary>Null if the asker may publish on the channel, which a server may also where clients may not, but for what a room manages. How much and how often is not looked at.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="rule">The channel's: who publishes has looked it up.</param>
    public Refusal? RefusePublish(IAsker asker, string channel, ChannelRule rule)
    {
        if (RefuseAccess(asker, channel, rule, Capability.Publish) is { } refusal)
            return refusal;
        // A name that only a connection has, and keeps, tells what one without a user published from what another did, and its ids too.
        if (asker is { Identity: null, KeyName: null, ConnectionId: null })
            return NeedsUser(CapabilitySet.NameOf(Capability.Publish));
        return rule.ClientPublish || asker.KeyName is not null
            ? RefuseNonMember(asker, channel, rule)
            : Refusals.Final(RefusalCode.Forbidden, "Only the server publishes on this channel.", "publish");
    }

    /// <summary>
    /// Null if whoever manages the channel lets the asker in. What a session itself has joined counts, which is known here, and ends with its stay: a user's other connection may leave
    /// without this gateway hearing of it, and to ask the room would be a call for each subscription.
    /// </summary>
    public Refusal? RefuseNonMember(IAsker asker, string channel) => RefuseNonMember(asker, channel, rules.For(channel));

    /// <summary>Null if others use the channel, or room, through this gateway, or the asker may be the first.</summary>
    public Refusal? RefuseNew(IAsker asker, string channel) => feeds.Has(channel) ? null : allowances.TakeChannel(asker, channel, feeds.Has);

    /// <summary>Whether the asker may have what was published before it came, of a channel that it may use.</summary>
    public bool MayReadHistory(IAsker asker, string channel) =>
        asker.Identity is not null || asker.KeyName is not null || MayAnonymous(rules.For(channel), channel, AnonymousUse.History);

    /// <summary>Whether the room decides who is in the channel.</summary>
    public bool IsManagedBy(string roomId, string channel) =>
        IsManaged(rules.For(channel), channel) && string.Equals(RoomId.InChannel(channel), roomId, StringComparison.Ordinal);

    /// <summary>Why something is refused that only one with a user may.</summary>
    public static Refusal NeedsUser(string what) =>
        Refusals.Final(RefusalCode.Unauthenticated, "Only a connection with a user may do this on the channel.", what);

    private Refusal? RefuseAccess(IAsker asker, string channel, ChannelRule rule, Capability capability)
    {
        if (RefuseRevoked(asker, channel) is { } revoked)
            return revoked;
        if (!rule.ClientUse)
            return Refusals.Final(RefusalCode.Forbidden, "The server has no such channel for clients.", "channel");
        if (rule.TlsOnly && !asker.IsTls)
            return Refusals.Final(RefusalCode.TlsRequired, "The channel takes connections over TLS only.");
        if (asker is { KeyName: not null, Grant: { } grant })
            return grant.Allows(capability, channel) ? null : NotAllowed(capability);
        if (asker.Identity is not { } identity)
            return RefuseAnonymous(asker, rule, channel, capability);
        if (!UserChannels.MayUse(channel, identity.UserId))
            return Refusals.Final(RefusalCode.Forbidden, "The channel is another user's.", "user");
        return identity.Allows(capability, channel) ? null : NotAllowed(capability);
    }

    /// <summary>Null, unless the asker's token counts no more on the channel, or at all.</summary>
    public Refusal? RefuseRevoked(IAsker asker, string channel) => asker.Grant is { } shown && revocations.IsRevoked(shown.Facts, channel)
        ? Refusals.Final(RefusalCode.TokenRevoked, "The token was revoked for the channel.", "channel")
        : null;

    private static Refusal? RefuseOutsider(IAsker asker, string channel, ChannelRule rule) => asker.KeyName is null ? RefuseNonMember(asker, channel, rule) : null;

    private static Refusal? RefuseNonMember(IAsker asker, string channel, ChannelRule rule)
    {
        if (!IsManaged(rule, channel))
            return null;
        return RoomId.InChannel(channel) is { } roomId && asker.IsIn(roomId)
            ? null
            : Refusals.Final(RefusalCode.NotMember, "The channel is a room's, which the connection has not joined.", asker.Identity?.UserId);
    }

    private static bool IsManaged(ChannelRule rule, string channel) => rule.ManagerOf(channel) == ChannelManager.Room;

    private static Refusal? RefuseAnonymous(IAsker asker, ChannelRule rule, string channel, Capability capability)
    {
        var use = capability switch
        {
            Capability.Subscribe => AnonymousUse.Subscribe,
            Capability.Publish => AnonymousUse.Publish,
            _ => AnonymousUse.Nothing,
        };
        if (!MayAnonymous(rule, channel, use))
            return NeedsUser(CapabilitySet.NameOf(capability));
        return asker.Grant?.Allows(capability, channel) == false ? NotAllowed(capability) : null;
    }

    /// <summary>Whose channel it is comes before what a rule that covers it says.</summary>
    private static bool MayAnonymous(ChannelRule rule, string channel, AnonymousUse use) =>
        use != AnonymousUse.Nothing
        && rule is { Identified: false } && rule.Anonymous.HasFlag(use)
        && !UserChannels.Includes(channel) && rule.ManagerOf(channel) == ChannelManager.Nobody;

    private static Refusal NotAllowed(Capability capability) =>
        Refusals.Final(RefusalCode.Forbidden, "The token does not allow this on the channel.", CapabilitySet.NameOf(capability));
}
