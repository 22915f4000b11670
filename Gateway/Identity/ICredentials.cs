namespace WhatsSound.Gateway.Identity;

/// <summary>Whether what a request shows counts, and what it allows. Safe from any thread.</summary>
internal interface ICredentials
{
    /// <summary>Null, or why a signature cannot count whatever it signs, which is known before the body is. Refusals: SIGNATURE_EXPIRED.</summary>
    Refusal? RefuseOutright(Credential.Signed signed);

    /// <summary>
    /// What the credential allows. Refusals: for a token those of <see cref="TokenVerifier"/>; for the secret of a key KEY_INVALID; for a key that was taken back TOKEN_REVOKED; for a signature SIGNATURE_INVALID, SIGNATURE_EXPIRED, REPLAYED, RATE_LIMITED where the key has signed
    /// too many, and NOT_READY where it cannot be known within two seconds whether it was used before. A signature that was taken counts no more, whatever becomes of the request.
    /// </summary>
    ValueTask<Answer<TokenGrant>> VerifyAsync(Credential credential, CancellationToken cancellationToken);
}
