using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Which parts of a text are links: addresses over http or https, with a host, and without a user's name or password before it, which look like another host. They are shown as they are written; what is not
/// among them is text, whatever it looks like.
/// </summary>
internal static class ChatLinks
{
    /// <summary>More links than anybody reads; the rest is text.</summary>
    public const int Max = 20;

    private static readonly string[] Schemes = ["https://", "http://"];

    public static ImmutableArray<LinkSpan> Find(string text)
    {
        var found = ImmutableArray.CreateBuilder<LinkSpan>();
        for (var start = Next(text, 0); start >= 0 && found.Count < Max; start = Next(text, start))
        {
            var length = LengthAt(text, start);
            if (IsLink(text.Substring(start, length)))
                found.Add(new LinkSpan(start, length));
            start += Math.Max(length, 1);
        }

        return found.ToImmutable();
    }

    /// <summary>Whether a text has something that anybody could take for a link: it takes a permission, also where it is not marked as one.</summary>
    public static bool HasAny(string text)
    {
        var read = FoldedText.Unmasked(text);
        return read.Contains("://", StringComparison.Ordinal) || HasHost(read);
    }

    /// <summary>A dot behind three of that letter is the end of a sentence too, as where Japanese people laugh.</summary>
    private static bool HasHost(string read)
    {
        for (var at = read.IndexOf("www.", StringComparison.Ordinal); at >= 0; at = read.IndexOf("www.", at + 1, StringComparison.Ordinal))
        {
            if (at + 4 < read.Length && (char.IsLetterOrDigit(read[at + 4]) || char.IsSurrogate(read[at + 4])))
                return true;
        }

        return false;
    }

    private static int Next(string text, int from)
    {
        var next = -1;
        foreach (var scheme in Schemes)
        {
            var at = from >= text.Length ? -1 : text.IndexOf(scheme, from, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (next < 0 || at < next))
                next = at;
        }

        return next;
    }

    /// <summary>Up to white space, to what cannot be seen, or to what encloses links; what ends a sentence is not part of one.</summary>
    private static int LengthAt(string text, int start)
    {
        var end = start;
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is '<' or '>' or '"' or '`')
                break;
            end += rune.Utf16SequenceLength;
        }

        while (end > start && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or ')' or ']' or '}')
            end--;
        return end - start;
    }

    private static bool IsLink(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { UserInfo.Length: 0, Host.Length: > 0 } && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
