namespace WhatsSound.Client;

/// <summary>What a room keeps for those who keep order in it.</summary>
public enum RoomRecordKind
{
    /// <summary>Sanctions that count.</summary>
    Sanctions,

    /// <summary>What members have told of others.</summary>
    Reports,

    /// <summary>Invites that are good.</summary>
    Invites,

    /// <summary>Who did what.</summary>
    Log,
}
