using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What was played in a room, as members read it: those plays that the room still has come first, then what is kept.</summary>
internal sealed class PlaysReading(string roomId, IGrainFactory grains, RoomOptions options, TimeProvider time, ILogger logger)
{
    private IRoomPlaysGrain Plays => grains.GetGrain<IRoomPlaysGrain>(RoomId.KeyOf(roomId));

    public static Refusal? Check(RoomPlaysRequest? request) => request is null || request.CountMax is < 1 or > RoomPlaysRequest.CountBound
        ? Refusals.WrongField("max", $"must be 1 to {RoomPlaysRequest.CountBound}")
        : null;

    public async Task<Answer<RoomPlaysPage>> ReadAsync(Room room, RoomPlaysRequest request)
    {
        var unkept = room.Unkept.Reverse().Where(play => request.Before is null || play.Number < request.Before).ToList();
        if (unkept.Count > request.CountMax)
            return new RoomPlaysPage { Plays = [.. unkept.Take(request.CountMax)], Next = unkept[request.CountMax - 1].Number };
        var answer = await AskAsync(plays => plays.ReadAsync(unkept is [.., var oldest] ? oldest.Number : request.Before, request.CountMax));
        if (answer.IsRefused)
            return answer;
        ImmutableArray<RoomPlay> all = [.. unkept, .. answer.Value.Plays];
        return all.Length > request.CountMax
            ? new RoomPlaysPage { Plays = all[..request.CountMax], Next = all[request.CountMax - 1].Number }
            : new RoomPlaysPage { Plays = all, Next = answer.Value.Next };
    }

    public Task<Answer<RoomStatistics>> ReadStatisticsAsync() => AskAsync(static plays => plays.ReadStatisticsAsync());

    private async Task<Answer<T>> AskAsync<T>(Func<IRoomPlaysGrain, Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask(Plays).WaitAsync(options.ChannelTimeout, time);
        }
        catch (Exception exception)
        {
            logger.PlaysUnreachable(roomId, exception);
            return RoomRefusals.NotReady();
        }
    }
}
