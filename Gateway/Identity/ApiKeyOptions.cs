namespace WhatsSound.Gateway.Identity;

/// <summary>A key by which a server of the app is known; an element of <c>Identity:ApiKeys</c>.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>What the server is called as a publisher, and says with each request; no secret. 1 to 64 letters, digits, dots, hyphens and underscores.</summary>
    public string Name { get; set; } = "";

    /// <summary>The secret, or two while it is changed: both count. As text, of at least 32 bytes.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>What it allows, and where, one by one: a pattern of channels, =, and words with commas between, as <c>room:*=subscribe,publish</c>. Nothing else is allowed.</summary>
    public IList<string> Capabilities { get; } = [];
}
