using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>How a client shows its user.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Info">What they say of themselves.</param>
/// <param name="DisplayName">The name in the token.</param>
public sealed record PresenceSelf(string UserId, JsonElement Info, string? DisplayName);
