using System.Globalization;

namespace WhatsSound.Bench.Reports;

/// <summary>Writes a table with its columns aligned; the first is text, the others are figures.</summary>
internal static class MarkdownTable
{
    public static string Write(IReadOnlyList<IReadOnlyList<string>> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Count).Select(c => lines.Max(l => l[c].Length)).ToList();
        string Line(IReadOnlyList<string> cells) =>
            "| " + string.Join(" | ", cells.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))) + " |";

        var rule = "|" + string.Join("|", widths.Select((w, c) => c == 0 ? new string('-', w + 2) : new string('-', w + 1) + ":")) + "|";
        return string.Join('\n', [Line(lines[0]), rule, .. lines.Skip(1).Select(Line)]) + "\n";
    }

    public static string Cell(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
