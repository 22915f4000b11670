namespace WhatsSound.Client;

/// <summary>
/// Who came, went or changed; above the channel's detailed limit the lists are empty and the summary stands for them. With <paramref name="IsComplete"/>
/// <paramref name="Joined"/> is everybody, and replaces what was known.
/// </summary>
internal sealed record PresenceChanged(
    IReadOnlyList<PresenceMember> Joined,
    IReadOnlyList<string> Left,
    IReadOnlyList<PresenceMember> Updated,
    int Total,
    PresenceSummary? Summary = null,
    bool IsComplete = false);
