using System.Text.Json.Serialization;
using WhatsSound.Control;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>JSON of what the API alone answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BatchAnswers))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(RevocationList))]
[JsonSerializable(typeof(ControlReceipt))]
internal sealed partial class ApiJson : JsonSerializerContext;
