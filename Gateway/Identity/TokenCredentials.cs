namespace WhatsSound.Gateway.Identity;

/// <inheritdoc/>
internal sealed class TokenCredentials(TokenVerifier tokens) : ICredentials
{
    public ValueTask<Answer<TokenGrant>> VerifyAsync(Credential credential, CancellationToken cancellationToken) => tokens.VerifyAsync(((Credential.Token)credential).Text);
}
