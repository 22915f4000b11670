using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>All that was played in a room, bounded by number and age. Its key is <see cref="RoomId.KeyOf"/>. The room appends, and says who may read.</summary>
[Alias("ws.IRoomPlaysGrain"), GrainInterfaceType("ws.IRoomPlaysGrain")]
public interface IRoomPlaysGrain : IGrainWithStringKey
{
    /// <summary>Keeps plays, in the order of their numbers; those that are there already are not kept again. Durable when answered: up to which number all is kept.</summary>
    [Alias("Append")]
    Task<long> AppendAsync(ImmutableArray<RoomPlay> plays);

    /// <summary>A page. Interleaves: what is written is replaced as a whole.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<RoomPlaysPage> ReadAsync(long? before, int countMax);

    /// <summary>What it all comes to. The first time after a while reads all of it, 100 plays at a time.</summary>
    [Alias("ReadStatistics")]
    Task<RoomStatistics> ReadStatisticsAsync();
}
