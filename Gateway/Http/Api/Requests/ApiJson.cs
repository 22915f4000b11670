using System.Text.Json.Serialization;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>JSON of what the API alone answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BatchAnswers))]
[JsonSerializable(typeof(IssuedToken))]
internal sealed partial class ApiJson : JsonSerializerContext;
