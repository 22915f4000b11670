namespace WhatsSound.Control;

/// <summary>Nothing is revoked: for a program that has no cluster, such as one that makes a token.</summary>
public sealed class NoRevocations : IRevocations
{
    /// <summary>The only one.</summary>
    public static readonly NoRevocations Instance = new();

    private NoRevocations()
    {
    }

    /// <inheritdoc/>
    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public bool IsClosed => false;

    /// <inheritdoc/>
    public bool IsRevoked(in TokenFacts facts) => false;

    /// <inheritdoc/>
    public bool IsRevoked(in TokenFacts facts, string channel) => false;
}
