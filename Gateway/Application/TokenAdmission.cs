using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Application;

/// <summary>What counts of a token, whatever door it is shown at: what it says, as far as the app has nothing against it. Safe from any thread.</summary>
internal sealed class TokenAdmission(TokenVerifier tokens, ApplicationDesk application)
{
    /// <summary>What the token allows. Refusals: those of <see cref="TokenVerifier"/>, also where it was revoked while the app was asked, and those of the app.</summary>
    /// <param name="connectionId">The connection that shows it; null: it came by none.</param>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async ValueTask<Answer<TokenGrant>> VerifyAsync(string? connectionId, string token, CancellationToken cancellationToken)
    {
        var shown = await tokens.VerifyAsync(token);
        if (shown.IsRefused)
            return shown;
        var ruled = await application.ConnectAsync(connectionId, shown.Value, cancellationToken);
        return !ruled.IsRefused && tokens.RefuseRevoked(ruled.Value) is { } refusal ? refusal : ruled;
    }
}
