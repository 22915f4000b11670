namespace WhatsSound.Control;

/// <summary>Which tokens count no more, as far as this process knows. Safe from any thread; what is asked costs a few lookups, and nothing where nothing is revoked.</summary>
public interface IRevocations
{
    /// <summary>Raised once more is revoked, on whatever thread found that; whoever hears it returns at once.</summary>
    event EventHandler? Changed;

    /// <summary>
    /// Whether nothing was heard yet, or for so long that nobody knows what is revoked, and the deployment wants nobody let in then (<see cref="ControlOptions.FailClosed"/>).
    /// </summary>
    bool IsClosed { get; }

    /// <summary>Whether the token counts no more at all.</summary>
    bool IsRevoked(in TokenFacts facts);

    /// <summary>Whether it counts no more on a channel, or at all.</summary>
    bool IsRevoked(in TokenFacts facts, string channel);
}
