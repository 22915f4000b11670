using System.Globalization;
using System.Text;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>What can be said.</summary>
internal static class ChatRules
{
    public const int GraphemesMax = 500;

    /// <summary>Besides: a single grapheme can be made of any number of characters.</summary>
    public const int BytesMax = 2000;

    /// <summary>What it takes besides to say this.</summary>
    public static Refusal? Check(ChatMessage message, ChatStanding standing)
    {
        if (standing.StrangerId is { } strangerId)
            return Refusals.Final(RefusalCode.NotMember, "Whom the message mentions is not in the room.", strangerId);
        return (message.MentionsEveryone ? standing.EveryoneRefusal : null) ?? (ChatLinks.HasAny(message.Text) ? standing.LinksRefusal : null);
    }

    /// <summary>Null: the user may say this message anew.</summary>
    public static Refusal? RefuseToEdit(ChatLine line, string userId, long nowMs) => line.AuthorId != userId
        ? Refusals.Final(RefusalCode.Forbidden, "Only its author changes a message.", "author")
        : RefuseOld(line, nowMs);

    /// <summary>Null: the user may take this message back.</summary>
    public static Refusal? RefuseToDelete(ChatLine line, string userId, ChatStanding standing, long nowMs)
    {
        if (standing.DeleteRefusal is not { } refusal)
            return null;
        return line.AuthorId == userId ? RefuseOld(line, nowMs) : refusal;
    }

    private static Refusal? RefuseOld(ChatLine line, long nowMs) => nowMs - line.AtMs > (long)ChatCommands.ChangeTime.TotalMilliseconds
        ? Refusals.Final(RefusalCode.MessageTooOld, $"A message can be changed for {ChatCommands.ChangeTime.TotalMinutes:0} minutes.")
        : null;

    public static Refusal? Check(string? text)
    {
        if (text is null)
            return Refusals.WrongField("text", "is missing");
        if (string.IsNullOrWhiteSpace(text))
            return Refusals.Final(RefusalCode.MessageEmpty, "The text is empty.");
        if (text.Length > BytesMax || Encoding.UTF8.GetByteCount(text) > BytesMax)
            return Refusals.Limit(RefusalCode.MessageTooLong, $"The text has more than {BytesMax} bytes.", BytesMax);
        if (!VisibleText.IsValid(text, allowsLines: true))
            return Refusals.WrongField("text", "must have at least one visible character, no control characters but line feeds and tabs, and close every direction mark that it opens");
        return new StringInfo(text).LengthInTextElements > GraphemesMax
            ? Refusals.Limit(RefusalCode.MessageTooLong, $"The text has more than {GraphemesMax} characters.", GraphemesMax)
            : null;
    }
}
