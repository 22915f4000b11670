using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>JSON of the description.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
