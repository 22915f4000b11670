namespace WhatsSound.Gateway.Identity;

/// <summary>What a request shows of who sends it, of which nothing is verified.</summary>
internal abstract record Credential
{
    /// <summary>A token.</summary>
    internal sealed record Token(string Text) : Credential;
}
