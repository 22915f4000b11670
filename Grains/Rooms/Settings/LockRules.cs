namespace WhatsSound.Grains.Rooms;

/// <summary>What a lock keeps from whom: whoever may set it is not kept by it, nor, of the queue, whoever manages it.</summary>
internal static class LockRules
{
    public static Refusal? Refuse(Room room, string userId, RoomPermission permission)
    {
        if (permission == RoomPermission.AddSongs
            && room.Settings.IsQueueLocked
            && !RoomPermissions.Allow(room, userId, RoomPermission.LockQueue)
            && !RoomPermissions.Allow(room, userId, RoomPermission.ManageQueue))
            return Refusals.Final(RefusalCode.QueueLocked, "Nobody may add songs for now.");
        return permission == RoomPermission.Chat && room.Settings.IsChatLocked && !RoomPermissions.Allow(room, userId, RoomPermission.LockChat)
            ? Refusals.Final(RefusalCode.ChatLocked, "Nobody may speak for now.")
            : null;
    }
}
