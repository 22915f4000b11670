namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>
/// Somebody else who signs tokens; an element of <c>Identity:Sources</c>. What they are verified with is public, and fetched: from the address that is given, or from the one that the authority
/// names.
/// </summary>
internal sealed class TokenSourceOptions
{
    /// <summary>An OpenID authority, such as https://login.example/realms/app. Its discovery document says where its keys are, and which issuer its tokens name.</summary>
    public string? Authority { get; set; }

    /// <summary>Where the keys are, as a JSON Web Key Set: for who has no discovery document. Either this or Authority.</summary>
    public string? KeysUrl { get; set; }

    /// <summary>The issuers (iss) of which its tokens must name one. None: that of the authority; with KeysUrl any.</summary>
    public IList<string> Issuers { get; } = [];

    /// <summary>The audiences (aud) of which its tokens must name one.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>Whether tokens for any audience count. Only for who signs for this app alone: others give tokens to all their apps, and each would be let in here.</summary>
    public bool AnyAudience { get; set; }

    /// <summary>Whether its tokens may allow <c>admin</c>: tokens, revocations and rules of all of the app. Off: the word grants nothing in them, whoever may write claims there.</summary>
    public bool MayAdminister { get; set; }
}
