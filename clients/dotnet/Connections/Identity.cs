namespace WhatsSound.Client;

/// <summary>Who the server says this client is.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ExpiresAtMs">When the token ends, in Unix milliseconds of the server's clock.</param>
/// <param name="DisplayName">The name in the token.</param>
public sealed record Identity(string UserId, double ExpiresAtMs, string? DisplayName = null);
