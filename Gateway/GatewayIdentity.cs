namespace WhatsSound.Gateway;

/// <summary>This run of this gateway. Another run has another id, so that what the former one held can be told apart and expires.</summary>
internal sealed record GatewayIdentity(Guid Id);
