using System.Collections.Immutable;
using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>What a room makes of commands, in the words of tests: each by way of its entry in <see cref="ActionRules"/>, permission included.</summary>
internal static class RoomRules
{
    private static int _ids;

    public static RoomDecision Create(Room? room, string roomId, string userId, RoomSettings settings, RoomMoment moment) =>
        Answer(new RoomTurn(roomId, room, userId, null, moment, NewId), new CreateRoom { Settings = settings });

    public static RoomDecision Enqueue(Room room, string userId, string? displayName, ImmutableArray<Track> tracks, Func<string> newEntryId, RoomMoment moment) =>
        Answer(new RoomTurn(room.RoomId, room, userId, displayName, moment, newEntryId), new Enqueue { Tracks = tracks });

    public static RoomDecision RemoveEntry(Room room, string userId, string entryId, RoomMoment moment) => Act(room, userId, new RemoveEntry { EntryId = entryId }, moment);

    public static RoomDecision Vote(Room room, string userId, string entryId, int value, RoomMoment moment) => Act(room, userId, new Vote { EntryId = entryId, Value = value }, moment);

    public static RoomDecision VoteSkip(Room room, string userId, string entryId, bool isOn, RoomMoment moment) => Act(room, userId, new VoteSkip { EntryId = entryId, IsOn = isOn }, moment);

    public static RoomDecision Play(Room room, string userId, RoomMoment moment) => Act(room, userId, new Play(), moment);

    public static RoomDecision Pause(Room room, string userId, RoomMoment moment) => Act(room, userId, new Pause(), moment);

    public static RoomDecision Seek(Room room, string userId, string entryId, long positionMs, RoomMoment moment) =>
        Act(room, userId, new Seek { EntryId = entryId, PositionMs = positionMs }, moment);

    public static RoomDecision Skip(Room room, string userId, string entryId, RoomMoment moment) => Act(room, userId, new Skip { EntryId = entryId }, moment);

    public static RoomDecision TransferHost(Room room, string userId, string toUserId, RoomMoment moment) => Act(room, userId, new TransferHost { ToUserId = toUserId }, moment);

    public static RoomDecision Act(Room room, string userId, RoomAction action, RoomMoment moment) => Answer(new RoomTurn(room.RoomId, room, userId, null, moment, NewId), action);

    private static RoomDecision Answer(RoomTurn turn, RoomAction action)
    {
        var rule = ActionRules.Find(action)!;
        return rule.Check(action) is { } malformed ? malformed : rule.Answer(turn, action);
    }

    private static string NewId() => $"id{Interlocked.Increment(ref _ids)}";
}
