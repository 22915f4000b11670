namespace WhatsSound.Client;

/// <summary>Thrown by <see cref="Answer{T}.Value"/> of a refused request: for whoever has no use for the refusal as a value.</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Makes one of a refusal.</summary>
    public RefusedException(Refusal refusal)
        : base($"{refusal.Code}: {refusal.Message}") => Refusal = refusal;

    /// <summary>Why.</summary>
    public Refusal Refusal { get; }

    /// <summary>Nothing came, not even a refusal: it may be the connection that is dead, and not what was asked for.</summary>
    internal bool IsUnanswered { get; init; }

    /// <summary>The server has taken the token back, and the app gives the same again: that ends everything.</summary>
    internal bool IsTakenBack { get; init; }
}
