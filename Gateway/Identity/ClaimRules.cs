namespace WhatsSound.Gateway.Identity;

/// <summary>What the claims of a token must be, where it is from.</summary>
/// <param name="Options">What holds for all tokens.</param>
/// <param name="Issuers">Of which it must name one; none: any.</param>
/// <param name="Audiences">Of which it must name one; none: any.</param>
/// <param name="IsOwn">Whether it was signed with the shared secret: by this server, or an app that knows what tokens for it say.</param>
/// <param name="MayAdminister">Whether <c>admin</c> counts in them.</param>
internal sealed record ClaimRules(IdentityOptions Options, IReadOnlyCollection<string> Issuers, IReadOnlyCollection<string> Audiences, bool IsOwn, bool MayAdminister);
