using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// What is changed in a room's chat is changed for whoever comes back, also where a feed answers from what it has: the channel amends its log by the same publication. Cheap where there is no change.
/// </summary>
internal static class ChatChanges
{
    /// <summary>Applies those of a frame that the window has taken.</summary>
    public static void Apply(ChannelFrame frame, FeedWindow window)
    {
        foreach (var publication in frame.Publications)
        {
            if (publication is { Event: RoomEvents.ChatChanged, PublisherKind: null or PublisherKind.User } && IsChat(frame.Channel) && publication.Content.TryRead(WireJson.Default.ChatChange) is { } change)
                window.Amend(change.Offset, Payload.Of(change.Message, WireJson.Default.ChatMessage), publication);
        }
    }

    private static bool IsChat(string channel) => RoomId.InChannel(channel) is { } roomId && channel == RoomId.ChatOf(roomId);
}
