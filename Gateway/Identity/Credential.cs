namespace WhatsSound.Gateway.Identity;

/// <summary>What a request shows of who sends it, of which nothing is verified.</summary>
internal abstract record Credential
{
    /// <summary>A token.</summary>
    internal sealed record Token(string Text) : Credential;

    /// <summary>The secret of an API key itself.</summary>
    internal sealed record Secret(string KeyName, string Text) : Credential;

    /// <summary>A signature of the request by an API key.</summary>
    /// <param name="KeyName">By which.</param>
    /// <param name="TimeMs">When it was made, by the clock of whoever made it, Unix milliseconds.</param>
    /// <param name="Nonce">What makes it another one than that of the same request before.</param>
    /// <param name="Signature">The signature, hexadecimal.</param>
    /// <param name="Method">The method of the request.</param>
    /// <param name="Target">Its path and query, as they came.</param>
    /// <param name="BodyHash">SHA-256 of its body.</param>
    internal sealed record Signed(string KeyName, long TimeMs, string Nonce, string Signature, string Method, string Target, ReadOnlyMemory<byte> BodyHash) : Credential;
}
