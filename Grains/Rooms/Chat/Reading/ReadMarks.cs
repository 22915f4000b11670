using WhatsSound.Channels;
using WhatsSound.Limits;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Up to where users have read the chat, as their own markers have it. For each user one is told at a time, the highest that was asked for: so it never goes back, and whoever asks much is told of it once. Bounded: at the
/// bound one is forgotten of whom nothing is on its way, and is read again from the user's markers.
/// </summary>
internal sealed class ReadMarks(string roomId, RoomChannels channels)
{
    public const int PerSecondMax = 1;
    public const int BurstMax = 5;
    private const int UsersMax = 1000;

    private readonly Dictionary<string, Mark> _marks = new(StringComparer.Ordinal);
    private readonly RecentBuckets<string> _paces = new(UsersMax);

    /// <summary>Null, or why it is not noted. The offset is one of the chat's.</summary>
    public Task<Refusal?> MarkAsync(string userId, long offset, long nowMs)
    {
        if (!_paces.TryTake(userId, nowMs * TimeSpan.TicksPerMillisecond, PerSecondMax, BurstMax, out var retryAfter))
            return Task.FromResult<Refusal?>(Refusals.TooOften("marks", "Too many marks.", retryAfter));
        if (!_marks.TryGetValue(userId, out var mark))
            _marks.Add(userId, mark = NewMark());
        mark.Wanted = Math.Max(mark.Wanted, offset);

        // What is on its way looks again at what is wanted before it ends.
        if (mark.Telling.IsCompleted)
            mark.Telling = TellAsync(userId, mark);
        return mark.Telling;
    }

    private async Task<Refusal?> TellAsync(string userId, Mark mark)
    {
        var channel = $"user:{userId}:markers";
        mark.Told ??= await FindAsync(channel);
        while (mark.Told is { } told && mark.Wanted > told)
        {
            var offset = mark.Wanted;
            var request = new PublishRequest
            {
                Id = CommandPrint.Of(RoomEvents.Read, roomId, offset),
                Event = RoomEvents.Read,
                Key = roomId,
                Data = Payload.Of(new ReadMark { RoomId = roomId, Offset = offset }, WireJson.Default.ReadMark),
                Publisher = roomId,
                PublisherKind = PublisherKind.Room,
            };
            if (await channels.AskAsync(channel, grain => grain.PublishAsync(request)) is not { IsRefused: false })
                return RoomRefusals.NotReady();
            mark.Told = offset;
        }

        return mark.Told is null ? RoomRefusals.NotReady() : null;
    }

    /// <summary>What the user's markers have of the room; null: they do not answer.</summary>
    private async Task<long?> FindAsync(string channel)
    {
        for (var before = long.MaxValue; ;)
        {
            var request = new HistoryRequest { Before = before, CountMax = PublicationLimits.RewindCountMax };
            if (await channels.AskAsync(channel, grain => grain.ReadHistoryAsync(request)) is not { } page)
                return null;
            if (page.Publications.LastOrDefault(publication => publication.Key == roomId) is { } found)
                return found.Data.Read(WireJson.Default.ReadMark)?.Offset ?? 0;
            if (page.Publications.Length < request.CountMax)
                return 0;
            before = page.Publications[0].Offset;
        }
    }

    private Mark NewMark()
    {
        if (_marks.Count >= UsersMax && _marks.FirstOrDefault(static known => known.Value.Telling.IsCompleted).Key is { } forgotten)
            _marks.Remove(forgotten);
        return new Mark();
    }

    private sealed class Mark
    {
        public long Wanted { get; set; }

        /// <summary>Null: not known.</summary>
        public long? Told { get; set; }

        public Task<Refusal?> Telling { get; set; } = Task.FromResult<Refusal?>(null);
    }
}
