using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSound.Client;

/// <summary>Everything that this client reads and writes. What is missing or null and must not be, or of another type, is not read at all.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(AnswerEnvelope))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(TimeAnswer))]
[JsonSerializable(typeof(FrameMessage))]
[JsonSerializable(typeof(DetachedMessage))]
[JsonSerializable(typeof(LostMessage))]
[JsonSerializable(typeof(ClosingMessage))]
[JsonSerializable(typeof(Recovery))]
[JsonSerializable(typeof(Published))]
[JsonSerializable(typeof(PresenceView))]
[JsonSerializable(typeof(PresenceChanged))]
[JsonSerializable(typeof(RoomJoin))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(RoomReceipt))]
[JsonSerializable(typeof(RoomListingPage))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(HostChanged))]
[JsonSerializable(typeof(HostPosition))]
[JsonSerializable(typeof(AuthenticateRequest))]
[JsonSerializable(typeof(TimeRequest))]
[JsonSerializable(typeof(SubscribeRequest))]
[JsonSerializable(typeof(ChannelRequest))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(EnterPresenceRequest))]
[JsonSerializable(typeof(JoinRoomRequest))]
[JsonSerializable(typeof(RoomRequest))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(ListRoomsRequest))]
internal sealed partial class ClientJson : JsonSerializerContext;
