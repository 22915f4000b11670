namespace WhatsSound.Gateway.Identity;

/// <summary>What a guest gets.</summary>
/// <param name="UserId">Who the guest is, the same at each renewal.</param>
/// <param name="Token">The token to connect with.</param>
/// <param name="ExpiresAtMs">When it runs out, Unix milliseconds.</param>
/// <param name="Secret">What the next token is asked for with; for the guest alone.</param>
internal sealed record GuestToken(string UserId, string Token, long ExpiresAtMs, string Secret);
