namespace WhatsSound.Grains.Queue.Commands;

/// <summary>Who gives a command, as the room knows them: nothing here comes from a request.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Their display name, from their token.</param>
/// <param name="Role">The name of their role, which their quota depends on.</param>
/// <param name="Rights">What the role may do.</param>
internal sealed record QueueActor(string UserId, string? Name, string Role, QueueRights Rights)
{
    public bool CanManage => Rights.HasFlag(QueueRights.Manage);

    public bool CanRemove => CanManage || Rights.HasFlag(QueueRights.Remove);

    /// <summary>Whether a lock of the queue does not hold them.</summary>
    public bool CanAddToLocked => CanManage || Rights.HasFlag(QueueRights.AddToLocked);

    public bool CanPin => CanManage || Rights.HasFlag(QueueRights.Pin);
}

/// <summary>What a role may do to a queue, besides what everybody may do with their own songs.</summary>
[Flags]
internal enum QueueRights
{
    None = 0,

    /// <summary>Play a song next: one at a time.</summary>
    Pin = 1,

    /// <summary>Move, remove, shuffle and clear songs of others, change the mode and the fallback playlist, add while the queue is locked.</summary>
    Manage = 2,

    /// <summary>Remove songs of others, one at a time.</summary>
    Remove = 4,

    /// <summary>Add while the queue is locked.</summary>
    AddToLocked = 8,
}
