namespace WhatsSound.Gateway.Identity;

/// <summary>What a verified token allows, and until when. One that names a user is a <see cref="SessionIdentity"/>; any other bounds what a session without a user may do.</summary>
internal record TokenGrant
{
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null: all that the channels' rules allow.</summary>
    public CapabilitySet? Capabilities { get; init; }

    /// <summary>The name of the server's key that was shown in place of a token; null: it was a token.</summary>
    public string? KeyName { get; init; }

    /// <summary>What the app has left of it; null: all.</summary>
    public CapabilitySet? Within { get; init; }

    public bool Allows(Capability capability, string channel) => (Capabilities?.Allows(capability, channel) ?? true) && (Within?.Allows(capability, channel) ?? true);
}
