namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>A token that was issued.</summary>
/// <param name="Token">The token, to connect with.</param>
/// <param name="ExpiresAtMs">When it runs out, Unix milliseconds.</param>
internal sealed record IssuedToken(string Token, long ExpiresAtMs);
