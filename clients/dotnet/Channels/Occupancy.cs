namespace WhatsSound.Client;

/// <summary>How many are in a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Connections">Connections in its presence.</param>
/// <param name="Users">Users in its presence.</param>
/// <param name="Subscribers">Connections that are attached.</param>
public sealed record Occupancy(string Channel, long Connections, long Users, long Subscribers);
