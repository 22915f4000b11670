using System.Globalization;

namespace WhatsSound.Bench.Reports;

/// <summary>Writes the table: a column per server, and its ratio to plain SignalR.</summary>
internal static class MarkdownTable
{
    private const string PlainName = "plain";
    private const string ChannelName = "channel";

    public static string Write(IReadOnlyList<Results> results)
    {
        var plain = results.FirstOrDefault(r => IsNamed(r, PlainName));
        var lines = new List<IReadOnlyList<string>> { Header(results, plain) };
        lines.AddRange(Table.Rows
            .Where(row => results.Any(r => row.Value(r) is not null))
            .Select(row => Line(row, results, plain)));
        return Align(lines);
    }

    private static IReadOnlyList<string> Header(IReadOnlyList<Results> results, Results? plain) =>
        ["", .. results.SelectMany(r => HasRatio(r, plain) ? new[] { r.Server.Title, "x plain" } : [r.Server.Title]), "goal (channel)"];

    private static List<string> Line(Row row, IReadOnlyList<Results> results, Results? plain)
    {
        var cells = new List<string> { row.Name };
        foreach (var result in results)
        {
            cells.Add(Text(row.Value(result), row.Format));
            if (HasRatio(result, plain))
                cells.Add(Text(row.Ratio?.Invoke(result, plain!), "0.00"));
        }

        var channel = results.FirstOrDefault(r => IsNamed(r, ChannelName));
        var ratio = channel is not null && plain is not null ? row.Ratio?.Invoke(channel, plain) : null;
        cells.Add(row.Goal?.Judge(channel is null ? null : row.Value(channel), ratio) ?? "");
        return cells;
    }

    private static bool IsNamed(Results results, string name) => string.Equals(results.Server.Name, name, StringComparison.Ordinal);

    private static bool HasRatio(Results result, Results? plain) => plain is not null && result != plain;

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Align(List<IReadOnlyList<string>> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Count).Select(c => lines.Max(l => l[c].Length)).ToList();
        string Row(IReadOnlyList<string> cells) =>
            "| " + string.Join(" | ", cells.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))) + " |";

        var rule = "|" + string.Join("|", widths.Select((w, c) => c == 0 ? new string('-', w + 2) : new string('-', w + 1) + ":")) + "|";
        return string.Join('\n', [Row(lines[0]), rule, .. lines.Skip(1).Select(Row)]) + "\n";
    }
}
