using System.Text;

namespace WhatsSound.Channels;

/// <summary>
/// The form of channel names: <c>a:b:c</c>, 1 to 255 bytes of UTF-8, not white space alone, no control characters, not starting with <c>:</c> or <c>[</c>.
/// </summary>
public static class ChannelName
{
    /// <summary>The most bytes of UTF-8 a name may take.</summary>
    public const int BytesMax = 255;

    /// <summary>Whether the text is a channel name.</summary>
    public static bool IsValid(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > BytesMax || name[0] is ':' or '[')
            return false;
        foreach (var character in name)
        {
            if (char.IsControl(character))
                return false;
        }

        return IsWellFormed(name) && Encoding.UTF8.GetByteCount(name) <= BytesMax;
    }

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (!char.IsHighSurrogate(name[i]) || i + 1 == name.Length || !char.IsLowSurrogate(name[++i]))
                return false;
        }

        return true;
    }
}
