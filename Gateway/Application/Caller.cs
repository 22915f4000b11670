namespace WhatsSound.Gateway.Application;

/// <summary>Who asks.</summary>
/// <param name="ConnectionId">The connection; null: it came by none.</param>
/// <param name="UserId">The user, by their token; null: nobody's connection.</param>
/// <param name="DisplayName">What they are called, by their token.</param>
public sealed record Caller(string? ConnectionId, string? UserId, string? DisplayName);
