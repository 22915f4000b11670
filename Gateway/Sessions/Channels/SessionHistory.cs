using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What one reads of a channel's history, a page at a time, attached or not. Nothing that it is attached to changes, and what is read waits for nothing that is delivered.</summary>
internal sealed class SessionHistory(ChannelAccess access, ChannelActs acts)
{
    /// <summary>Reads a page. Refusals: those of access, NOT_MEMBER, UNAUTHENTICATED for whoever may not have a history, NOT_SUBSCRIBED, NOT_READY.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="channel">Where.</param>
    /// <param name="request">Which page.</param>
    /// <param name="isUntilAttach">Only what was published before what the session gets live, up to the position at which it is attached.</param>
    /// <param name="filter">What of the page it wants; null: all.</param>
    public async Task<Answer<ChannelHistory>> ReadAsync(IAsker asker, string channel, HistoryRequest request, bool isUntilAttach, MessageFilter? filter)
    {
        if (!isUntilAttach)
            return await acts.ReadHistoryAsync(asker, channel, request, filter);
        if (access.RefuseHistory(asker, channel) is { } refusal)
            return refusal;
        if (((asker as Session)?.FindAttachment(channel) is { } attachment ? attachment.Feed.BeganAt(attachment) : null) is not { } began)
            return SessionChannels.NotSubscribed(channel);
        // Where the numbering is another by now, all of it is live to the session.
        return await acts.ReadHistoryAsync(asker, channel, request with { Before = Math.Min(request.Before ?? long.MaxValue, began.Offset + 1) }, filter, began.Epoch);
    }
}
