using WhatsSound.Grains.Users;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Tells those whom a message mentions, once for each message: nobody of what they have said themselves, and all who are in the room by the message alone.</summary>
internal static class ChatMentions
{
    /// <summary>How long after a crash they are told again, who may not have been.</summary>
    public const long AgainMs = 60_000;

    public static IEnumerable<(string UserId, UserNotice Notice)> Of(string roomId, long offset, string authorId, ChatMessage message)
    {
        if (message.Mentions is not { } mentions)
            yield break;
        var notice = UserNotice.OfMention(new MentionNotice { RoomId = roomId, Offset = offset, ByUserId = authorId, DisplayName = message.DisplayName });
        foreach (var userId in mentions.Where(userId => userId != authorId))
            yield return (userId, notice);
    }
}
