using System.Text.Json.Serialization;
using WhatsSound.Channels;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

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
[JsonSerializable(typeof(PlaybackVector))]
[JsonSerializable(typeof(HostPosition))]
[JsonSerializable(typeof(QueueChanged))]
[JsonSerializable(typeof(SkipTally))]
[JsonSerializable(typeof(HostChanged))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(RoomReceipt))]
[JsonSerializable(typeof(RoomListingPage))]
public sealed partial class WireJson : JsonSerializerContext;
