using Microsoft.AspNetCore.SignalR;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Methods of a room's player.</summary>
internal sealed partial class RoomHub
{
    [HubMethodName(HubMethods.Play)]
    public Task PlayAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            return call.Then(() => room.PlayAsync(command));
        });

    [HubMethodName(HubMethods.Pause)]
    public Task PauseAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            return call.Then(() => room.PauseAsync(command));
        });

    [HubMethodName(HubMethods.Seek)]
    public Task SeekAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            var positionMs = call.Request.Integer("positionMs", long.MinValue, long.MaxValue);
            return call.Then(() => room.SeekAsync(command, entryId, positionMs));
        });

    [HubMethodName(HubMethods.Skip)]
    public Task SkipAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.RoomReceipt, call =>
        {
            var (room, command) = (call.Room(), call.Command());
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            return call.Then(() => room.SkipAsync(command, entryId));
        });

    [HubMethodName(HubMethods.ReportEnded)]
    public Task ReportEndedAsync(HubRequest request) =>
        CallAsync(request, GatewayJson.Default.Done, call =>
        {
            var room = call.Room();
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            return call.Then(() => room.ReportEndedAsync(call.UserId, entryId));
        });

    [HubMethodName(HubMethods.ReportHostPosition)]
    public Task ReportHostPositionAsync(HubRequest request) =>
        CallAsync(request, CallKind.Report, GatewayJson.Default.Done, call =>
        {
            var room = call.Room();
            var entryId = call.Request.Text("entryId", 1, EntryIdCharsMax);
            var positionMs = call.Request.Integer("positionMs", long.MinValue, long.MaxValue);
            return call.Then(() => room.ReportHostPositionAsync(call.UserId, entryId, positionMs));
        });
}
