namespace WhatsSound.Rooms;

/// <summary>What those who keep order can read.</summary>
[GenerateSerializer, Alias("ws.RoomRecordKind")]
public enum RoomRecordKind
{
    /// <summary>The sanctions that count now.</summary>
    Sanctions = 0,

    /// <summary>What members have told of others: the newest 100.</summary>
    Reports = 1,

    /// <summary>Who did what: the last 90 days, the newest 1,000.</summary>
    Log = 2,

    /// <summary>The invites that there are.</summary>
    Invites = 3,
}
