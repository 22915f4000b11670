using System.Text.Json.Serialization;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>JSON of what the gateway itself answers and tells; what grains make is in <see cref="WireJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuthenticateResult))]
[JsonSerializable(typeof(TimeResult))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(ChannelRecovery))]
[JsonSerializable(typeof(ChannelHistory))]
[JsonSerializable(typeof(RuleOfChannel))]
[JsonSerializable(typeof(RoomJoin))]
[JsonSerializable(typeof(SessionResumed))]
[JsonSerializable(typeof(ChannelLost))]
[JsonSerializable(typeof(ChannelDetached))]
[JsonSerializable(typeof(ChannelOccupancy))]
[JsonSerializable(typeof(SessionClosing))]
internal sealed partial class GatewayJson : JsonSerializerContext;
