using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>The request of <c>Publish</c>.</summary>
internal sealed record PublishRequest(
    string Channel,
    string Id,
    string? Event,
    JsonElement Data,
    string? Encoding,
    string? Key,
    IReadOnlyDictionary<string, string>? Headers,
    JsonElement? Extras);
