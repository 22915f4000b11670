using WhatsSound.Control;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>What a test takes back.</summary>
internal sealed class FakeRevocations : IRevocations
{
    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    /// <summary>Which tokens count no more.</summary>
    public Func<TokenFacts, bool> Revoked { get; set; } = static _ => false;

    public bool IsClosed { get; set; }

    public bool IsRevoked(in TokenFacts facts) => Revoked(facts);

    public bool IsRevoked(in TokenFacts facts, string channel) => Revoked(facts);
}
