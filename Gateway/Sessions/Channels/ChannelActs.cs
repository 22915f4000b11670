using WhatsSound.Channels;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What needs no attachment: publishing, and reading what was published, who is there and how many. A refusal has changed nothing.</summary>
internal sealed class ChannelActs(IClusterClient cluster, IRuleBook rules, ChannelAccess access, Allowances allowances, ApplicationDesk application)
{
    /// <summary>Publishes as the asker's user, or as one without. Refusals: those of access, NOT_MEMBER, PAYLOAD_TOO_LARGE, RATE_LIMITED, those of the app and of the channel.</summary>
    public async Task<Answer<Published>> PublishAsync(IAsker asker, string channel, PublishRequest request)
    {
        var rule = rules.For(channel);
        if (access.RefusePublish(asker, channel, rule) is { } refusal)
            return refusal;
        if (request.Data.Length > rule.PublicationBytesMax)
            return Refusals.Limit(RefusalCode.PayloadTooLarge, $"`data` must have at most {rule.PublicationBytesMax:N0} bytes.", rule.PublicationBytesMax);
        if ((allowances.TakePublication(asker, rule) ?? access.RefuseNew(asker, channel)) is { } tooMany)
            return tooMany;
        var reviewed = await ReviewAsync(asker, channel, request, rule.PublicationBytesMax);
        return reviewed.IsRefused ? reviewed.Refusal : await cluster.GetChannel(channel).PublishAsync(PublishedBy(asker, reviewed.Value));
    }

    /// <summary>Null, or why the app does not let the asker subscribe.</summary>
    public ValueTask<Refusal?> RefuseSubscribeAsync(IAsker asker, string channel) => application.RefuseSubscribeAsync(CallerOf(asker), channel, asker.GivenUp);

    /// <summary>What the app says to something that it alone knows. Refusals: those of the app, UNKNOWN_METHOD where there is none.</summary>
    public Task<Answer<CallResult>> CallAsync(IAsker asker, string name, Payload data) => application.CallAsync(new(CallerOf(asker), name, data), asker.GivenUp).AsTask();

    /// <summary>Reads a page of the history. Refusals: those of access, those of the app, NOT_MEMBER, UNAUTHENTICATED for whoever may not have a history, NOT_READY.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="request">Which page.</param>
    /// <param name="filter">What of the page it wants; null: all.</param>
    /// <param name="epoch">The page is nothing but that of this numbering; null: of any.</param>
    public async Task<Answer<ChannelHistory>> ReadHistoryAsync(IAsker asker, string channel, HistoryRequest request, MessageFilter? filter, string? epoch = null)
    {
        if ((access.RefuseHistory(asker, channel) ?? access.RefuseNew(asker, channel)) is { } refusal)
            return refusal;
        if (await RefuseReadAsync(asker, channel) is { } unread)
            return unread;
        var page = await cluster.GetChannel(channel).ReadHistoryAsync(request, asker.GivenUp).WaitAsync(asker.GivenUp);
        // Whoever is answered with some pays for all that was read.
        asker.HasRead(ChannelReader.BytesOf(page.Publications));
        if (page.IsComplete is not { } isComplete)
            return Refusals.Retry(RefusalCode.NotReady, "The channel is on a server of an older version, which cannot read the page.", TimeSpan.FromSeconds(1));

        // It may have been sent out of the room meanwhile.
        if (access.RefuseOutsider(asker, channel) is { } outside)
            return outside;
        return epoch is not null && !string.Equals(epoch, page.Position.Epoch, StringComparison.Ordinal)
            ? new ChannelHistory(page.Position, [], Next: null, IsComplete: false)
            : new ChannelHistory(page.Position, [.. Of(page, asker, filter)], page.Next, isComplete);
    }

    /// <summary>Who is there. Refusals: those of access, those of the app, NOT_MEMBER, PRESENCE_DISABLED.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="page">Which page of the connections; null: the members.</param>
    public async Task<Answer<PresenceView>> ReadPresenceAsync(IAsker asker, string channel, ConnectionsFrom? page)
    {
        if (access.RefuseUse(asker, channel, Capability.Presence) is { } refusal)
            return refusal;
        if (!rules.For(channel).Presence)
            return PresenceDisabled();
        if (access.RefuseNew(asker, channel) is { } tooMany)
            return tooMany;
        if (await RefuseReadAsync(asker, channel) is { } unread)
            return unread;
        return page is { } from ? await cluster.GetChannel(channel).ReadConnectionsAsync(from.After) : await cluster.GetChannel(channel).ReadPresenceAsync();
    }

    /// <summary>How many are there, for whoever may listen. Refusals: those of access, those of the app, NOT_MEMBER.</summary>
    public async Task<Answer<ChannelOccupancy>> ReadOccupancyAsync(IAsker asker, string channel)
    {
        if ((access.RefuseUse(asker, channel, Capability.Subscribe) ?? access.RefuseNew(asker, channel)) is { } refusal)
            return refusal;
        if (await RefuseReadAsync(asker, channel) is { } unread)
            return unread;
        return ChannelOccupancy.Of(channel, await cluster.GetChannel(channel).ReadOccupancyAsync());
    }

    /// <summary>Why something is refused that only a channel with presence has.</summary>
    public static Refusal PresenceDisabled() => Refusals.Final(RefusalCode.PresenceDisabled, "The channel has no presence.");

    /// <summary>A server of the app has decided already.</summary>
    private ValueTask<Answer<PublishRequest>> ReviewAsync(IAsker asker, string channel, PublishRequest request, int bytesMax) =>
        asker.KeyName is null ? application.ReviewAsync(CallerOf(asker), channel, request, bytesMax, asker.GivenUp) : new(request);

    /// <summary>A server of the app has decided already, and so has the app of whoever is attached.</summary>
    private ValueTask<Refusal?> RefuseReadAsync(IAsker asker, string channel) =>
        asker.KeyName is not null || (asker as Session)?.FindAttachment(channel) is not null ? default : application.RefuseReadAsync(CallerOf(asker), channel, asker.GivenUp);

    private static Caller CallerOf(IAsker asker) => new(asker.ConnectionId, asker.Identity?.UserId, asker.Identity?.DisplayName);

    private static PublishRequest PublishedBy(IAsker asker, PublishRequest request) => asker switch
    {
        { Identity: { } identity } => request with { Publisher = identity.UserId, Connection = asker.ConnectionId },
        { KeyName: { } key } => request with { Publisher = key, PublisherKind = PublisherKind.Server, Connection = asker.ConnectionId },
        _ => request with { Publisher = AnonymousName.Of(asker), PublisherKind = PublisherKind.Anonymous, Connection = asker.ConnectionId },
    };

    private static IEnumerable<Publication> Of(HistoryPage page, IAsker asker, MessageFilter? filter) => page.Publications
        .Where(publication => filter?.Matches(publication, MessageFilter.HeadersOf) ?? true)
        .Select(publication => publication.For(asker.Identity?.UserId))
        .OfType<Publication>();
}
