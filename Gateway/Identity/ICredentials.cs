namespace WhatsSound.Gateway.Identity;

/// <summary>Whether what a request shows counts, and what it allows. Safe from any thread.</summary>
internal interface ICredentials
{
    /// <summary>What the credential allows. Refusals: for a token those of <see cref="TokenVerifier"/>.</summary>
    ValueTask<Answer<TokenGrant>> VerifyAsync(Credential credential, CancellationToken cancellationToken);
}
