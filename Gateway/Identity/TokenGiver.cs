using WhatsSound.Control;

namespace WhatsSound.Gateway.Identity;

/// <summary>With what a token was asked for at this server: once that counts no more, the token does not either. A token has it as claims of this server's own.</summary>
/// <param name="KeyName">The server's key, also where it was by a token that this key was given; null: none.</param>
/// <param name="TokenId">The id of the token, up to <see cref="Revocation.ValueCharsMax"/> characters; null: none.</param>
/// <param name="UserId">Whose token it was; null: nobody's.</param>
internal sealed record TokenGiver(string? KeyName, string? TokenId, string? UserId)
{
    public const string KeyClaim = "ws_key";
    public const string TokenClaim = "ws_token";
    public const string UserClaim = "ws_user";

    /// <summary>What a token has of it that is given for this one.</summary>
    public static TokenGiver Of(TokenGrant grant) => new(
        grant.KeyName ?? grant.Giver?.KeyName,
        grant.TokenId is { Length: > 0 and <= Revocation.ValueCharsMax } id ? id : null,
        (grant as SessionIdentity)?.UserId);

    public void AddTo(IDictionary<string, object> claims)
    {
        if (KeyName is not null)
            claims[KeyClaim] = KeyName;
        if (TokenId is not null)
            claims[TokenClaim] = TokenId;
        if (UserId is not null)
            claims[UserClaim] = UserId;
    }
}
