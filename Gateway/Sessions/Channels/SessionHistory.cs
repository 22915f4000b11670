using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session reads of a channel's history, a page at a time, attached or not. Nothing that it is attached to changes, and what is read waits for nothing that is delivered.</summary>
internal sealed class SessionHistory(SessionChannels channels, IClusterClient cluster)
{
    /// <summary>Reads a page. Refusals: those of access, NOT_MEMBER, UNAUTHENTICATED for whoever may not have a history, NOT_SUBSCRIBED, NOT_READY.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="request">Which page.</param>
    /// <param name="isUntilAttach">Only what was published before what the session gets live, up to the position at which it is attached.</param>
    /// <param name="filter">What of the page it wants; null: all.</param>
    public async Task<Answer<ChannelHistory>> ReadAsync(Session session, string channel, HistoryRequest request, bool isUntilAttach, MessageFilter? filter)
    {
        if (channels.RefuseHistory(session, channel) is { } refusal)
            return refusal;
        Position? began = null;
        if (isUntilAttach)
        {
            if ((began = session.FindAttachment(channel) is { } attachment ? attachment.Feed.BeganAt(attachment) : null) is not { } at)
                return SessionChannels.NotSubscribed(channel);
            request = request with { Before = Math.Min(request.Before ?? long.MaxValue, at.Offset + 1) };
        }

        if (channels.RefuseNew(session, channel) is { } tooMany)
            return tooMany;
        var page = await cluster.GetChannel(channel).ReadHistoryAsync(request, session.GivenUp).WaitAsync(session.GivenUp);
        // Whoever is answered with some pays for all that was read.
        session.HasRead(ChannelReader.BytesOf(page.Publications));
        if (page.IsComplete is not { } isComplete)
            return Refusals.Retry(RefusalCode.NotReady, "The channel is on a server of an older version, which cannot read the page.", TimeSpan.FromSeconds(1));

        // It may have been sent out of the room meanwhile.
        if (channels.RefuseNonMember(session, channel) is { } outside)
            return outside;
        // The numbering is another: all of it is live to the session.
        if (began is { } before && !string.Equals(before.Epoch, page.Position.Epoch, StringComparison.Ordinal))
            return new ChannelHistory(page.Position, [], Next: null, IsComplete: false);
        return new ChannelHistory(page.Position, [.. Of(page, session, filter)], page.Next, isComplete);
    }

    private static IEnumerable<Publication> Of(HistoryPage page, Session session, MessageFilter? filter) => page.Publications
        .Where(publication => filter?.Matches(publication, MessageFilter.HeadersOf) ?? true)
        .Select(publication => publication.For(session.Identity?.UserId))
        .OfType<Publication>();
}
