using Microsoft.AspNetCore.SignalR;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Methods of rooms.</summary>
internal sealed partial class RoomHub
{
    private const int EntryIdCharsMax = 64;
    internal const int TracksMax = 20;
    private const long DayMs = 24 * 60 * 60 * 1000;

    [HubMethodName(HubMethods.ListRooms)]
    public Task ListRoomsAsync(HubRequest request) =>
        CallAsync(request, CallKind.Anonymous, WireJson.Default.RoomListingPage, call =>
        {
            var max = (int)(call.Request.OptionalInteger("max", 1, 100) ?? 100);
            return call.Then<RoomListingPage>(async () => await cluster.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key).ListAsync(max));
        });

    [HubMethodName(HubMethods.CreateRoom)]
    public Task CreateRoomAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var settings = new RoomSettings
            {
                Name = call.Request.Text("name", 1, 256),
                Description = call.Request.OptionalText("description", 2000),
                IsListed = call.Request.OptionalFlag("isListed") ?? true,
            };
            return call.Then(() => room.CreateAsync(command, settings));
        });

    [HubMethodName(HubMethods.JoinRoom)]
    public Task JoinRoomAsync(HubRequest request) =>
        CallAsync(request, GatewayJson.Default.RoomJoin, call =>
        {
            var (roomId, command) = (call.RoomId(), call.Command());
            var info = call.Request.OptionalJson("info", InfoBytesMax);
            var since = call.Request.OptionalPositions("since", countMax: 16);
            return call.Then(() => calls.SnapshotAsync(call.Session, () => rooms.JoinAsync(call.Session, roomId, command, info, since)));
        });

    [HubMethodName(HubMethods.LeaveRoom)]
    public Task LeaveRoomAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (roomId, command) = (call.RoomId(), call.Command());
            return call.Then(() => rooms.LeaveAsync(call.Session, roomId, command));
        });

    [HubMethodName(HubMethods.GetSnapshot)]
    public Task GetSnapshotAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomSnapshot, call =>
        {
            var roomId = call.RoomId();
            return call.Then(() => calls.SnapshotAsync(call.Session, () => rooms.GetSnapshotAsync(call.Session, roomId)));
        });

    [HubMethodName(HubMethods.SendChat)]
    public Task SendChatAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var text = call.Request.Text("text", 0, int.MaxValue);
            return call.Then(() => room.SendChatAsync(command, text));
        });

    [HubMethodName(HubMethods.Enqueue)]
    public Task EnqueueAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var tracks = call.Request.List("tracks", 1, TracksMax, static track => new Track
            {
                Url = track.Text("url", 1, 2000),
                Title = track.Text("title", 1, 200),
                Artist = track.OptionalText("artist", 200),
                DurationMs = track.Integer("durationMs", 1000, DayMs),
            });
            return call.Then(() => room.EnqueueAsync(command, [.. tracks]));
        });

    [HubMethodName(HubMethods.RemoveEntry)]
    public Task RemoveEntryAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            return call.Then(() => room.RemoveEntryAsync(command, entryId));
        });

    [HubMethodName(HubMethods.Vote)]
    public Task VoteAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            var value = (int)call.Request.Integer("value", -1, 1);
            return call.Then(() => room.VoteAsync(command, entryId, value));
        });

    [HubMethodName(HubMethods.VoteSkip)]
    public Task VoteSkipAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            var isOn = call.Request.Flag("isOn");
            return call.Then(() => room.VoteSkipAsync(command, entryId, isOn));
        });

    [HubMethodName(HubMethods.TransferHost)]
    public Task TransferHostAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var toUserId = call.Request.Text("toUserId", 1, Users.UserId.LengthMax);
            return call.Then(() => room.TransferHostAsync(command, toUserId));
        });
}
