using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>Who joined, left or changed; nobody is in two of the lists.</summary>
internal sealed class PresenceDifference
{
    public List<PresenceMember> Joined { get; } = [];

    public List<string> Left { get; } = [];

    public List<PresenceMember> Updated { get; } = [];

    public bool IsEmpty => Joined.Count + Left.Count + Updated.Count == 0;

    /// <param name="total">How many are here after it.</param>
    public PresenceChanged ToChanged(int total) => new() { Joined = [.. Joined], Left = [.. Left], Updated = [.. Updated], Total = total };
}
