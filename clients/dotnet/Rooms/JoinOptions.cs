using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>How to come into a room.</summary>
/// <param name="Info">What the others see of this user besides the token's name.</param>
/// <param name="Password">Of a room that has one; given again on each return.</param>
/// <param name="Invite">Of a room that takes one, or to be given its role.</param>
public sealed record JoinOptions(JsonElement Info = default, string? Password = null, string? Invite = null);
