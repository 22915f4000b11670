namespace WhatsSound.Control;

/// <summary>Whose tokens a revocation is about.</summary>
[GenerateSerializer, Alias("ws.RevocationKind")]
public enum RevocationKind
{
    /// <summary>Everybody's.</summary>
    Everybody = 0,

    /// <summary>Those of a user.</summary>
    User = 1,

    /// <summary>One token, by its id (jti).</summary>
    Token = 2,

    /// <summary>A server's key, and the tokens that it gave.</summary>
    Key = 3,
}
