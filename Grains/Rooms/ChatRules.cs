using System.Globalization;
using System.Text;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>What can be said.</summary>
internal static class ChatRules
{
    public const int GraphemesMax = 500;

    /// <summary>Besides: a single grapheme can be made of any number of characters.</summary>
    public const int BytesMax = 2000;

    public static Refusal? Check(string? text)
    {
        if (text is null)
            return Refusals.BadRequest("text", "The text is missing.");
        if (string.IsNullOrWhiteSpace(text))
            return Refusals.Final(RefusalCode.MessageEmpty, "The text is empty.");
        if (text.Length > BytesMax || Encoding.UTF8.GetByteCount(text) > BytesMax)
            return Refusals.Limit(RefusalCode.MessageTooLong, $"The text has more than {BytesMax} bytes.", BytesMax);
        if (!VisibleText.IsValid(text, allowsLines: true))
            return Refusals.BadRequest("text", "The text shows nothing, or has a control character or a direction mark without its pair.");
        return new StringInfo(text).LengthInTextElements > GraphemesMax
            ? Refusals.Limit(RefusalCode.MessageTooLong, $"The text has more than {GraphemesMax} characters.", GraphemesMax)
            : null;
    }
}
