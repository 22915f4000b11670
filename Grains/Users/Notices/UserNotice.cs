using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Something that a user is told by a room, wherever they are. The id is made of what it is about, and does not age (<see cref="PublishRequest.Id"/>): however often it is said, after whatever crash, the user has it once.
/// </summary>
/// <param name="RoomId">Which room tells it.</param>
/// <param name="Event">One of <see cref="UserEvents"/>.</param>
/// <param name="Id">What it is about, for this room.</param>
/// <param name="Data">What the user reads.</param>
internal sealed record UserNotice(string RoomId, string Event, string Id, Payload Data)
{
    /// <summary>The channel of a user in which they are told.</summary>
    public static string ChannelOf(string userId) => $"user:{userId}:notifications";

    /// <summary>About one song.</summary>
    public static UserNotice OfSong(string eventName, SongNotice notice) => new(
        notice.RoomId, eventName, CommandPrint.Of(eventName, notice.RoomId, notice.EntryId), Payload.Of(notice, WireJson.Default.SongNotice));

    /// <summary>About one chat message: once for each that speaks of the user.</summary>
    public static UserNotice OfMention(MentionNotice notice) => new(
        notice.RoomId,
        UserEvents.Mention,
        CommandPrint.Of(UserEvents.Mention, notice.RoomId, notice.Offset.ToString(CultureInfo.InvariantCulture)),
        Payload.Of(notice, WireJson.Default.MentionNotice));

    /// <summary>About a user who is live, as they were announced at a time.</summary>
    public static UserNotice OfLive(LiveNotice notice, long announcedAtMs) => new(
        notice.RoomId,
        UserEvents.DjLive,
        CommandPrint.Of(UserEvents.DjLive, notice.UserId, announcedAtMs.ToString(CultureInfo.InvariantCulture)),
        Payload.Of(notice, WireJson.Default.LiveNotice));

    public PublishRequest ToRequest() => new() { Id = Id, Event = Event, Key = Id, Data = Data, Publisher = RoomId, PublisherKind = PublisherKind.Room };
}
