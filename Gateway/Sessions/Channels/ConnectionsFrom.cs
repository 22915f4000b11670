namespace WhatsSound.Gateway.Sessions;

/// <summary>Which page of a channel's connections is asked for.</summary>
/// <param name="After">The cursor of the page before; null: the first page.</param>
internal readonly record struct ConnectionsFrom(string? After);
