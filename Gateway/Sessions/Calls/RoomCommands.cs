using System.Text.Json.Serialization.Metadata;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>
/// What all commands of rooms share: the room, the command's id, and who may. A command is an entry in the list of its feature: a name, what its token must allow, and
/// a parser that makes the action, each field within its bounds.
/// </summary>
internal static class RoomCommands
{
    public const int EntryIdCharsMax = 64;

    /// <summary>A command that changes the room, and is answered with a receipt.</summary>
    /// <param name="name">As docs/protocol.md names it.</param>
    /// <param name="capability">What its token must allow.</param>
    /// <param name="read">Makes the action.</param>
    /// <param name="take">What it takes of what one may do; null: nothing but a request.</param>
    public static TypedRequest<RoomArguments<RoomAction>, RoomReceipt> Of(
        string name, Capability capability, Func<RequestReader, RoomAction> read, Func<Call, Refusal?>? take = null) =>
        Of<IRoomGrain>(name, capability, read, static (room, command) => room.ActAsync(command), take);

    /// <summary>A command that the room's chat takes.</summary>
    public static TypedRequest<RoomArguments<RoomAction>, RoomReceipt> OfChat(string name, Func<RequestReader, RoomAction> read) =>
        Of<IChatGrain>(name, Capability.Publish, read, static (chat, command) => chat.ActAsync(command));

    /// <summary>A command that one of the room's grains takes, which all have its key.</summary>
    public static TypedRequest<RoomArguments<RoomAction>, RoomReceipt> Of<TGrain>(
        string name, Capability capability, Func<RequestReader, RoomAction> read, Func<TGrain, RoomCommand, Task<Answer<RoomReceipt>>> carryOut, Func<Call, Refusal?>? take = null)
        where TGrain : IGrainWithStringKey => new(
        name,
        CallKind.Command,
        reader => new RoomArguments<RoomAction>(RoomIdIn(reader), reader.Id("commandId"), read(reader)),
        (call, arguments) => Refuse(call, arguments.RoomId, capability) ?? take?.Invoke(call),
        (call, arguments) => ReconsiderAsync(
            call, arguments.RoomId, carryOut(Grain<TGrain>(call, arguments.RoomId), CommandOf(call, arguments.CommandId, arguments.What))),
        WireJson.Default.RoomReceipt);

    /// <summary>What a client reports to the room: without id, since the next report says more.</summary>
    public static TypedRequest<RoomArguments<RoomAction>, Done> Report(string name, CallKind kind, Capability capability, Func<RequestReader, RoomAction> read) =>
        Report<IRoomGrain>(name, kind, capability, read, static (room, call, report) => room.ReportAsync(call.Identity.UserId, report));

    /// <summary>The same to its chat.</summary>
    public static TypedRequest<RoomArguments<RoomAction>, Done> ReportToChat(string name, Func<RequestReader, RoomAction> read) => Report<IChatGrain>(
        name, CallKind.Command, Capability.Publish, read, static (chat, call, report) => chat.ReportAsync(call.Identity.UserId, call.Identity.DisplayName, report));

    private static TypedRequest<RoomArguments<RoomAction>, Done> Report<TGrain>(
        string name, CallKind kind, Capability capability, Func<RequestReader, RoomAction> read, Func<TGrain, Call, RoomAction, Task<Answer<Done>>> report)
        where TGrain : IGrainWithStringKey => new(
        name,
        kind,
        reader => new RoomArguments<RoomAction>(RoomIdIn(reader), CommandId: "", read(reader)),
        (call, arguments) => Refuse(call, arguments.RoomId, capability),
        (call, arguments) => ReconsiderAsync(call, arguments.RoomId, report(Grain<TGrain>(call, arguments.RoomId), call, arguments.What)),
        GatewayJson.Default.Done);

    /// <summary>What a member reads of the room.</summary>
    public static TypedRequest<RoomArguments<TRequest>, TResult> Read<TRequest, TResult>(
        string name, Func<RequestReader, TRequest> read, Func<IRoomGrain, string, TRequest, Task<Answer<TResult>>> carryOut, JsonTypeInfo<TResult> resultType)
        where TResult : class => Read<IRoomGrain, TRequest, TResult>(name, read, carryOut, resultType);

    /// <summary>What a member reads of one of the room's grains, which all have its key.</summary>
    public static TypedRequest<RoomArguments<TRequest>, TResult> Read<TGrain, TRequest, TResult>(
        string name, Func<RequestReader, TRequest> read, Func<TGrain, string, TRequest, Task<Answer<TResult>>> carryOut, JsonTypeInfo<TResult> resultType)
        where TGrain : IGrainWithStringKey
        where TResult : class => new(
        name,
        CallKind.Command,
        reader => new RoomArguments<TRequest>(RoomIdIn(reader), CommandId: "", read(reader)),
        refuse: null,
        (call, arguments) => ReconsiderAsync(
            call,
            arguments.RoomId,
            call.Services.Rooms.ReadAsync<TGrain, TResult>(call.Asker, arguments.RoomId, grain => carryOut(grain, call.Identity.UserId, arguments.What))),
        resultType) { IsRead = true };

    public static string RoomIdIn(RequestReader reader)
    {
        var id = reader.Text("roomId", 0, int.MaxValue);
        if (!RoomId.IsValid(id))
            reader.Refuse("roomId", $"must be {RoomId.Form}");
        return id;
    }

    public static string EntryIdIn(RequestReader reader) => reader.Text("entryId", 1, EntryIdCharsMax);

    public static string UserIdIn(RequestReader reader, string field) => reader.Text(field, 1, Users.UserId.LengthMax);

    /// <summary>Adds who asks: what people are called comes from their tokens.</summary>
    public static RoomCommand CommandOf(Call call, string commandId, RoomAction action) =>
        new() { CommandId = commandId, UserId = call.Identity.UserId, DisplayName = call.Identity.DisplayName, Action = action };

    /// <inheritdoc cref="SessionRooms.ReconsiderAsync"/>
    public static async Task<Answer<T>> ReconsiderAsync<T>(Call call, string roomId, Task<Answer<T>> answering)
        where T : class => await call.Services.Rooms.ReconsiderAsync(call.Asker, roomId, await answering);

    private static Refusal? Refuse(Call call, string roomId, Capability capability) => call.Identity.Allows(capability, RoomId.KeyOf(roomId))
        ? call.Services.Access.RefuseRevoked(call.Asker, RoomId.KeyOf(roomId)) ?? call.Services.Access.RefuseNew(call.Asker, RoomId.KeyOf(roomId))
        : Refusals.Final(RefusalCode.Forbidden, "The token does not allow commands in the room.", CapabilitySet.NameOf(capability));

    private static TGrain Grain<TGrain>(Call call, string roomId)
        where TGrain : IGrainWithStringKey => call.Services.Cluster.GetGrain<TGrain>(RoomId.KeyOf(roomId));
}
