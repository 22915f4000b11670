namespace WhatsSound.Grains.Presence;

/// <summary>A connection of a member.</summary>
/// <param name="GatewayId">The gateway that holds it.</param>
/// <param name="IsConfirmed">False since a count of the gateway did not fit, until the gateway enters it again.</param>
internal readonly record struct MemberConnection(Guid GatewayId, bool IsConfirmed = true);
