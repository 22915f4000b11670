using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>The form of the chat's commands.</summary>
internal static class ChatCommands
{
    /// <summary>How long an author may change a message.</summary>
    public static TimeSpan ChangeTime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Null: it is one of the chat's, and well formed.</summary>
    public static Refusal? Check(RoomAction? action) => action switch
    {
        SendChat send => ChatRules.Check(send.Text) ?? (send.ReplyTo is { } offset ? CheckOffset("replyTo", offset) : null) ?? CheckMentions(send.Mentions),
        EditChat edit => CheckOffset("offset", edit.Offset) ?? ChatRules.Check(edit.Text) ?? CheckMentions(edit.Mentions),
        DeleteChat delete => CheckOffset("offset", delete.Offset),
        _ => ActionRules.Unknown(),
    };

    /// <summary>The protocol's name of it, for metrics.</summary>
    public static string NameOf(RoomAction action) => action switch
    {
        SendChat => "SendChat",
        EditChat => "EditChat",
        DeleteChat => "DeleteChat",
        _ => "other",
    };

    /// <summary>What it asks for. A message that is only text has the print that it always had.</summary>
    public static string PrintOf(RoomAction action) => action switch
    {
        SendChat { ReplyTo: null, MentionsEveryone: false, Mentions: var mentions } send when mentions.IsDefaultOrEmpty => CommandPrint.Of("chat", send.Text),
        SendChat send => CommandPrint.Of("chat", [send.Text, Text(send.ReplyTo), $"{send.MentionsEveryone}", .. Listed(send.Mentions)]),
        EditChat edit => CommandPrint.Of("edit chat", [Text(edit.Offset), edit.Text, .. Listed(edit.Mentions)]),
        DeleteChat delete => CommandPrint.Of("delete chat", Text(delete.Offset)),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>Null: it is one of the chat's reports, and well formed.</summary>
    public static Refusal? CheckReport(RoomAction? report) => report switch
    {
        React react => ReactionTally.Check(react.Emoji) ?? (react.Offset is { } offset ? CheckOffset("offset", offset) : null),
        SetTyping => null,
        _ => ActionRules.Unknown(),
    };

    public static Refusal? Check(ChatPageRequest? request)
    {
        if (request is null || request.CountMax is < 1 or > ChatPageRequest.CountBound)
            return Refusals.WrongField("limit", $"must be 1 to {ChatPageRequest.CountBound}");
        return request is { Before: not null, After: not null } ? Refusals.WrongField("after", "must be absent where there is `before`") : null;
    }

    public static ImmutableArray<string> Listed(ImmutableArray<string> mentions) => mentions.IsDefault ? [] : mentions;

    public static Refusal? CheckOffset(string field, long offset) => offset >= 1 ? null : Refusals.WrongField(field, "must be at least 1");

    private static Refusal? CheckMentions(ImmutableArray<string> mentions) =>
        Listed(mentions) is { Length: <= SendChat.MentionsMax } listed && listed.All(UserId.IsValid) && listed.Distinct(StringComparer.Ordinal).Count() == listed.Length
            ? null
            : Refusals.WrongField("mentions", $"must have at most {SendChat.MentionsMax} user ids, each once");

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
