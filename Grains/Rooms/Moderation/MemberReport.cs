namespace WhatsSound.Grains.Rooms;

/// <summary>What a member has told of a user.</summary>
internal sealed record MemberReport(long Number, long AtMs, string By, string UserId, string Reason, long? ChatOffset)
{
    /// <summary>How many a room keeps; beyond it, the oldest of whoever has told most is forgotten.</summary>
    public const int Max = 100;
}
