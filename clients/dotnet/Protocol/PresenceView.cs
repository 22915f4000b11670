namespace WhatsSound.Client;

/// <summary>Who is in a channel at a position.</summary>
internal sealed record PresenceView(int Total, IReadOnlyList<PresenceMember> Members, bool IsComplete, Position Position);
