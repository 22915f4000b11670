using System.Buffers;
using System.Globalization;
using System.Text;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>Plays as lines of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe: what is in it, members wrote.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> Formulas = SearchValues.Create("=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20");

    public const string Head = "number,startedAt,endedAt,endReason,title,artist,url,durationMs,addedBy,addedByName,score,skipVotes,listeners,peakListeners,averageListeners,listenedMs,isCounted,isFallback\r\n";

    public static void Append(StringBuilder csv, RoomPlay play)
    {
        var song = play.Song;
        csv.Append(CultureInfo.InvariantCulture, $"{play.Number},{Time(song.StartedAtMs)},{Time(song.EndedAtMs)},{song.EndReason},");
        csv.Append(Cell(song.Track.Title)).Append(',').Append(Cell(song.Track.Artist)).Append(',').Append(Cell(song.Track.Url)).Append(',');
        csv.Append(CultureInfo.InvariantCulture, $"{song.Track.DurationMs},{Cell(song.AddedBy)},{Cell(song.AddedByName)},{song.Score},{song.SkipVotes},{song.Listeners},{song.PeakListeners},");
        csv.Append(CultureInfo.InvariantCulture, $"{song.AverageListeners},{song.ListenedMs},{Flag(song.IsCounted)},{Flag(song.IsFallback)}\r\n");
    }

    /// <summary>What somebody wrote.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var safe = Disarm(text);
        return safe.AsSpan().ContainsAny(NeedQuotes) || safe[0] == ' ' ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>White space before a formula, and what nobody sees, do not hide it. Where a spreadsheet takes semicolons for what is between cells, one begins behind each, also within quotes.</summary>
    private static string Disarm(string text)
    {
        var safe = new StringBuilder(text.Length + 1);
        var (begin, isShown) = (0, false);
        foreach (var character in text)
        {
            if (!isShown && Formulas.Contains(character))
                safe.Insert(begin, '\'');
            isShown |= Formulas.Contains(character) || !(char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format);
            safe.Append(character);
            if (character == ';')
                (begin, isShown) = (safe.Length, false);
        }

        return safe.ToString();
    }

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
