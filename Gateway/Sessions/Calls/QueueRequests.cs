using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A room's queue.</summary>
internal static class QueueRequests
{
    private const int CursorCharsMax = 100;

    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        RoomCommands.Of(
            "Enqueue", Capability.Publish, static reader => new Enqueue { Tracks = [.. reader.List("tracks", 1, Enqueue.TracksMax, TrackIn)] }),

        RoomCommands.Of("RemoveEntry", Capability.Publish, static reader => new RemoveEntry { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Of(
            "Vote",
            Capability.Publish,
            static reader => new Vote { EntryId = RoomCommands.EntryIdIn(reader), Value = (int)reader.Integer("value", -1, 1) }),

        RoomCommands.Of(
            "MoveEntry",
            Capability.Publish,
            static reader => new MoveEntry
            {
                EntryId = RoomCommands.EntryIdIn(reader),
                BeforeEntryId = reader.OptionalText("beforeEntryId", RoomCommands.EntryIdCharsMax),
            }),

        RoomCommands.Of("PinEntry", Capability.Publish, static reader => new PinEntry { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Of("UnpinEntry", Capability.Publish, static reader => new UnpinEntry { EntryId = RoomCommands.EntryIdIn(reader) }),

        RoomCommands.Of("ClearQueue", Capability.Publish, static reader => new ClearQueue { UserId = reader.OptionalText("ofUserId", UserId.LengthMax) }),

        RoomCommands.Of("ShuffleQueue", Capability.Publish, static reader => new ShuffleQueue { UserId = reader.OptionalText("ofUserId", UserId.LengthMax) }),

        RoomCommands.Of("Undo", Capability.Publish, static reader => new Undo { Operation = reader.Integer("operation", 1, long.MaxValue) }),

        RoomCommands.Of(
            "SetFallback", Capability.Publish, static reader => new SetFallback { Tracks = [.. reader.List("tracks", 0, SetFallback.TracksMax, TrackIn)] }),

        RoomCommands.Of(
            "SetQueueMode",
            Capability.Publish,
            static reader => new SetQueueMode
            {
                Mode = ModeIn(reader),
                SongsPerUserMax = (int?)reader.OptionalInteger("songsPerUserMax", 0, SetQueueMode.SongsPerUserBound),
                MinutesPerUserMax = (int?)reader.OptionalInteger("minutesPerUserMax", 0, SetQueueMode.MinutesBound),
                NoRepeatMinutes = (int?)reader.OptionalInteger("noRepeatMinutes", 0, SetQueueMode.MinutesBound),
                IsVotingOff = reader.OptionalFlag("isVotingOff"),
                RemovesVotedDown = reader.OptionalFlag("removesVotedDown"),
            }),

        RoomCommands.Read(
            "GetQueuePage",
            static reader => (
                Cursor: reader.OptionalText("cursor", CursorCharsMax),
                Count: (int)(reader.OptionalInteger("count", 1, QueuePage.EntriesMax) ?? QueuePage.EntriesMax)),
            static (room, userId, page) => room.GetQueuePageAsync(userId, page.Cursor, page.Count),
            WireJson.Default.QueuePage),

        RoomCommands.Read(
            "GetFallback",
            static reader => (
                From: (int)(reader.OptionalInteger("from", 0, SetFallback.TracksMax - 1) ?? 0),
                Count: (int)(reader.OptionalInteger("max", 1, FallbackPage.TracksMax) ?? FallbackPage.TracksMax)),
            static (room, userId, page) => room.GetFallbackAsync(userId, page.From, page.Count),
            WireJson.Default.FallbackPage),

        RoomCommands.Read(
            "GetPlaceReason",
            RoomCommands.EntryIdIn,
            static (room, userId, entryId) => room.GetPlaceReasonAsync(userId, entryId),
            WireJson.Default.PlaceReason),
    ];

    private static QueueMode? ModeIn(RequestReader reader)
    {
        var name = reader.OptionalText("mode", 10);
        QueueMode? mode = name switch
        {
            "fair" => QueueMode.Fair,
            "dj" => QueueMode.Dj,
            "fifo" => QueueMode.Fifo,
            "votes" => QueueMode.Votes,
            _ => null,
        };
        if (name is not null && mode is null)
            reader.Refuse("mode", "must be 'fair', 'dj', 'fifo' or 'votes'");
        return mode;
    }

    private static Track TrackIn(RequestReader track) => new()
    {
        Url = track.Text("url", 1, Track.UrlLengthMax),
        Title = track.Text("title", 1, Track.NameLengthMax),
        Artist = track.OptionalText("artist", Track.NameLengthMax),
        DurationMs = track.Integer("durationMs", Track.DurationMsMin, Track.DurationMsMax, " milliseconds, of which a room takes as much as the server's settings say"),
    };
}
