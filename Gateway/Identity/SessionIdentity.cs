namespace WhatsSound.Gateway.Identity;

/// <summary>Who a session is, as a verified token said.</summary>
internal sealed record SessionIdentity
{
    public required string UserId { get; init; }

    public string? DisplayName { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null: all that the channels' rules allow.</summary>
    public CapabilitySet? Capabilities { get; init; }

    public bool Allows(Capability capability, string channel) => Capabilities is null || Capabilities.Allows(capability, channel);
}
