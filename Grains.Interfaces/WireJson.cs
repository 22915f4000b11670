using System.Text.Json.Serialization;
using WhatsSound.Channels;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound;

/// <summary>How everything that a client sees is written as JSON: camelCase names, enums as words, times as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(Published))]
[JsonSerializable(typeof(Recovery))]
[JsonSerializable(typeof(ChannelFrame))]
[JsonSerializable(typeof(PresenceView))]
[JsonSerializable(typeof(PresenceChanged))]
[JsonSerializable(typeof(ConnectionsChanged))]
[JsonSerializable(typeof(PlaybackVector))]
[JsonSerializable(typeof(HostPosition))]
[JsonSerializable(typeof(QueueChanged))]
[JsonSerializable(typeof(QueueOrderChanged))]
[JsonSerializable(typeof(FallbackPage))]
[JsonSerializable(typeof(FallbackView))]
[JsonSerializable(typeof(HistoryItem))]
[JsonSerializable(typeof(QueuePage))]
[JsonSerializable(typeof(PlaceReason))]
[JsonSerializable(typeof(SkipTally))]
[JsonSerializable(typeof(OwnVotes))]
[JsonSerializable(typeof(HostChanged))]
[JsonSerializable(typeof(RoomRoles))]
[JsonSerializable(typeof(SanctionNotice))]
[JsonSerializable(typeof(ReportNotice))]
[JsonSerializable(typeof(RoomRecords))]
[JsonSerializable(typeof(RoomSettings))]
[JsonSerializable(typeof(RoomClosing))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(ChatChange))]
[JsonSerializable(typeof(ChatPage))]
[JsonSerializable(typeof(MentionNotice))]
[JsonSerializable(typeof(ReadMark))]
[JsonSerializable(typeof(ReactionCounts))]
[JsonSerializable(typeof(TypingMembers))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(RoomReceipt))]
[JsonSerializable(typeof(RoomListingPage))]
[JsonSerializable(typeof(RoomPlaysPage))]
[JsonSerializable(typeof(RoomPlay))]
[JsonSerializable(typeof(RoomStatistics))]
[JsonSerializable(typeof(UserRooms))]
[JsonSerializable(typeof(UserFollows))]
[JsonSerializable(typeof(SongNotice))]
[JsonSerializable(typeof(LiveNotice))]
public sealed partial class WireJson : JsonSerializerContext;
