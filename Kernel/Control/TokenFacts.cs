namespace WhatsSound.Control;

/// <summary>What of a verified token, or of a server's key, revocations are about.</summary>
/// <param name="UserId">Whose it is; null: nobody's.</param>
/// <param name="TokenId">Its id (jti); null: it has none.</param>
/// <param name="KeyName">The server's key that gave it, or was shown in its place; null: none.</param>
/// <param name="IssuedAtMs">When it was issued, Unix milliseconds; null: it does not say, and counts as issued before any revocation.</param>
public readonly record struct TokenFacts(string? UserId, string? TokenId, string? KeyName, long? IssuedAtMs);
