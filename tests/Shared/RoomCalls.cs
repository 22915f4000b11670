using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>A room's commands in the words of tests: who asks, by which id, and then for what.</summary>
internal static class RoomCalls
{
    public static Task<Answer<RoomReceipt>> CreateAsync(this IRoomGrain room, RoomCommand command, RoomSettings settings) => room.ActAsync(command, new CreateRoom { Settings = settings });

    public static Task<Answer<RoomReceipt>> EnqueueAsync(this IRoomGrain room, RoomCommand command, ImmutableArray<Track> tracks) => room.ActAsync(command, new Enqueue { Tracks = tracks });

    public static Task<Answer<RoomReceipt>> RemoveEntryAsync(this IRoomGrain room, RoomCommand command, string entryId) => room.ActAsync(command, new RemoveEntry { EntryId = entryId });

    public static Task<Answer<RoomReceipt>> VoteAsync(this IRoomGrain room, RoomCommand command, string entryId, int value) => room.ActAsync(command, new Vote { EntryId = entryId, Value = value });

    public static Task<Answer<RoomReceipt>> VoteSkipAsync(this IRoomGrain room, RoomCommand command, string entryId, bool isOn) => room.ActAsync(command, new VoteSkip { EntryId = entryId, IsOn = isOn });

    public static Task<Answer<RoomReceipt>> PlayAsync(this IRoomGrain room, RoomCommand command) => room.ActAsync(command, new Play());

    public static Task<Answer<RoomReceipt>> PauseAsync(this IRoomGrain room, RoomCommand command) => room.ActAsync(command, new Pause());

    public static Task<Answer<RoomReceipt>> SeekAsync(this IRoomGrain room, RoomCommand command, string entryId, long positionMs) => room.ActAsync(command, new Seek { EntryId = entryId, PositionMs = positionMs });

    public static Task<Answer<RoomReceipt>> SkipAsync(this IRoomGrain room, RoomCommand command, string entryId) => room.ActAsync(command, new Skip { EntryId = entryId });

    public static Task<Answer<RoomReceipt>> TransferHostAsync(this IRoomGrain room, RoomCommand command, string toUserId) => room.ActAsync(command, new TransferHost { ToUserId = toUserId });

    public static Task<Answer<RoomReceipt>> SendChatAsync(this IRoomGrain room, RoomCommand command, string text) => room.SayAsync(command with { Action = new SendChat { Text = text } });

    public static Task<Answer<RoomReceipt>> LeaveAsync(this IRoomGrain room, RoomCommand command, string connectionId) =>
        room.LeaveAsync(command with { Action = new LeaveRoom() }, new PresenceExit { UserId = command.UserId, ConnectionId = connectionId });

    public static Task<Answer<Done>> ReportEndedAsync(this IRoomGrain room, string userId, string entryId) => room.ReportAsync(userId, new ReportEnded { EntryId = entryId });

    public static Task<Answer<Done>> ReportHostPositionAsync(this IRoomGrain room, string userId, string entryId, long positionMs) =>
        room.ReportAsync(userId, new ReportHostPosition { EntryId = entryId, PositionMs = positionMs });

    private static Task<Answer<RoomReceipt>> ActAsync(this IRoomGrain room, RoomCommand command, RoomAction action) => room.ActAsync(command with { Action = action });
}
