namespace WhatsSound.Control;

/// <summary>What of a verified token, or of a server's key, revocations are about.</summary>
/// <param name="UserId">Whose it is; null: nobody's.</param>
/// <param name="TokenId">Its id (jti); null: it has none.</param>
/// <param name="KeyName">The server's key that gave it, or was shown in its place; null: none.</param>
/// <param name="IssuedAtMs">When it was issued, Unix milliseconds; null: it does not say, and counts as issued before any revocation.</param>
/// <param name="IsSecret">Whether it is what tokens are got with, a server's key or a guest's secret: what takes everybody's tokens back is not about it, or nobody could get new ones.</param>
/// <param name="GiverTokenId">The id of the token that it was asked for with; null: none.</param>
/// <param name="GiverUserId">Whose that was; null: nobody's.</param>
public readonly record struct TokenFacts(string? UserId, string? TokenId, string? KeyName, long? IssuedAtMs, bool IsSecret = false, string? GiverTokenId = null, string? GiverUserId = null);
