using System.Text.Json.Serialization;
using WhatsSound.Gateway.Http.Api.Requests;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>JSON of what the API alone answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BatchAnswers))]
[JsonSerializable(typeof(IssuedToken))]
internal sealed partial class ApiJson : JsonSerializerContext;
