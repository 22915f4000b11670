using WhatsSound.Presence;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>The form of what callers pass; null means it is right.</summary>
internal static class CommandRules
{
    public const int IdLengthMax = 64;

    public static Refusal? Check(RoomCommand? command)
    {
        if (command is null)
            return Refusals.BadRequest("command", "The command is missing.");
        if (CheckId("commandId", command.CommandId) is { } refusal)
            return refusal;
        if (command.DisplayName is { Length: > DisplayName.LengthMax })
            return Refusals.WrongField("displayName", $"must have at most {DisplayName.LengthMax} characters");
        return CheckUserId("userId", command.UserId);
    }

    /// <summary>Where a method takes one kind of action.</summary>
    public static Refusal? Check<TAction>(RoomCommand? command)
        where TAction : RoomAction =>
        Check(command) ?? (command!.Action is TAction ? null : ActionRules.Unknown());

    public static Refusal? CheckEntryId(string? entryId) => CheckId("entryId", entryId);

    public static Refusal? CheckUserId(string field, string? userId) =>
        UserId.IsValid(userId) ? null : Refusals.WrongField(field, $"must be {UserId.Form}");

    public static Refusal? CheckEntry(RoomCommand command, PresenceEntry? entry)
    {
        if (entry is null)
            return Refusals.BadRequest("entry", "The connection is missing.");
        return entry.UserId == command.UserId ? null : Refusals.BadRequest("userId", "The connection is another user's.");
    }

    public static Refusal? CheckExit(RoomCommand command, PresenceExit? exit)
    {
        if (exit is null)
            return Refusals.BadRequest("exit", "The connection is missing.");
        return exit.UserId == command.UserId ? CheckId("connectionId", exit.ConnectionId) : Refusals.BadRequest("userId", "The connection is another user's.");
    }

    public static Refusal? CheckId(string field, string? id) =>
        string.IsNullOrEmpty(id) || id.Length > IdLengthMax || id.Any(char.IsControl)
            ? Refusals.WrongField(field, $"must have 1 to {IdLengthMax} characters, none of them a control character")
            : null;
}
