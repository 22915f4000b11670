using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Which part of the public list a room falls to.</summary>
internal static class RoomShards
{
    /// <summary>By FNV-1a, which is the same on every silo and in every version.</summary>
    public static int NumberOf(string roomId, int count)
    {
        var hash = 2166136261u;
        foreach (var character in roomId)
            hash = (hash ^ character) * 16777619u;
        return (int)(hash % (uint)count);
    }

    public static IRoomShardGrain ShardOf(this IGrainFactory grains, string roomId, int count) => grains.GetGrain<IRoomShardGrain>(IRoomShardGrain.KeyOf(NumberOf(roomId, count)));
}
