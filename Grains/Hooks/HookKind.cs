namespace WhatsSound.Grains.Hooks;

/// <summary>What a receiver is told of.</summary>
public enum HookKind
{
    /// <summary>Somebody is attached to a channel, or in it, where nobody was: <c>channel.occupied</c>.</summary>
    Occupied = 0,

    /// <summary>Nobody is any more: <c>channel.vacated</c>.</summary>
    Vacated = 1,

    /// <summary>A user's first connection has entered: <c>member.joined</c>.</summary>
    Joined = 2,

    /// <summary>A user's last connection has left, or was lost for longer than the grace: <c>member.left</c>.</summary>
    Left = 3,

    /// <summary>Something was published: <c>publication</c>.</summary>
    Published = 4,
}
