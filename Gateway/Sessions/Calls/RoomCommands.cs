using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>
/// What all commands of rooms share: the room, the command's id, and who may. A command is an entry with a name, a parser, and a call of the room's grain.
/// </summary>
internal static class RoomCommands
{
    public const int EntryIdCharsMax = 64;

    /// <summary>A command that changes the room, and is answered with a receipt.</summary>
    public static TypedRequest<RoomArguments<T>, RoomReceipt> Of<T>(
        string name, Func<RequestReader, T> read, Func<IRoomGrain, RoomCommand, T, Task<Answer<RoomReceipt>>> carryOut) => new(
        name,
        CallKind.Command,
        reader => new RoomArguments<T>(RoomIdIn(reader), reader.Id("commandId"), read(reader)),
        static (call, arguments) => Refuse(call, arguments.RoomId),
        (call, arguments) => ReconsiderAsync(
            call, arguments.RoomId, carryOut(Room(call, arguments.RoomId), CommandOf(call, arguments.CommandId), arguments.What)),
        WireJson.Default.RoomReceipt);

    /// <summary>A command of which nothing but the song that it is meant for is to be known.</summary>
    public static TypedRequest<RoomArguments<string>, RoomReceipt> OfEntry(
        string name, Func<IRoomGrain, RoomCommand, string, Task<Answer<RoomReceipt>>> carryOut) => Of(name, EntryIdIn, carryOut);

    /// <summary>A command of which nothing is to be known.</summary>
    public static TypedRequest<RoomArguments<Done>, RoomReceipt> Of(string name, Func<IRoomGrain, RoomCommand, Task<Answer<RoomReceipt>>> carryOut) =>
        Of(name, static _ => Done.Value, (room, command, _) => carryOut(room, command));

    /// <summary>What a client reports to the room: without id, since the next report says more.</summary>
    public static TypedRequest<RoomArguments<T>, Done> Report<T>(
        string name, CallKind kind, Func<RequestReader, T> read, Func<IRoomGrain, string, T, Task<Answer<Done>>> carryOut) => new(
        name,
        kind,
        reader => new RoomArguments<T>(RoomIdIn(reader), CommandId: "", read(reader)),
        static (call, arguments) => Refuse(call, arguments.RoomId),
        (call, arguments) => ReconsiderAsync(
            call, arguments.RoomId, carryOut(Room(call, arguments.RoomId), call.Identity.UserId, arguments.What)),
        GatewayJson.Default.Done);

    public static string RoomIdIn(RequestReader reader)
    {
        var id = reader.Text("roomId", 1, RoomId.LengthMax);
        if (!RoomId.IsValid(id))
            reader.Refuse("roomId", "The field is no room id.");
        return id;
    }

    public static string EntryIdIn(RequestReader reader) => reader.Text("entryId", 1, EntryIdCharsMax);

    /// <summary>Adds who asks: what people are called comes from their tokens.</summary>
    public static RoomCommand CommandOf(Call call, string commandId) =>
        new() { CommandId = commandId, UserId = call.Identity.UserId, DisplayName = call.Identity.DisplayName };

    /// <inheritdoc cref="SessionRooms.Reconsider"/>
    public static async Task<Answer<T>> ReconsiderAsync<T>(Call call, string roomId, Task<Answer<T>> answering)
        where T : class => SessionRooms.Reconsider(call.Session, roomId, await answering);

    private static Refusal? Refuse(Call call, string roomId) => call.Identity.Allows(Capability.Publish, RoomId.KeyOf(roomId))
        ? call.Services.Channels.RefuseNew(call.Session, RoomId.KeyOf(roomId))
        : Refusals.Final(RefusalCode.Forbidden, "The token does not allow commands in the room.", "publish");

    private static IRoomGrain Room(Call call, string roomId) => call.Services.Cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(roomId));
}
