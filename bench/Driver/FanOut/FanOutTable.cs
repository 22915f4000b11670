using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.FanOut;

/// <summary>The channel's ratios to the others first, then the figures of each.</summary>
internal static class FanOutTable
{
    private const string ChannelName = "channel";
    private const string PlainName = "plain";

    public static string Write(IReadOnlyList<FanOutResults> results)
    {
        var channel = results.FirstOrDefault(r => IsNamed(r, ChannelName));
        IReadOnlyList<FanOutResults> others = channel is null ? [] : [.. results.Where(r => r != channel)];
        IReadOnlyList<FanOutResults> figures = channel is null ? results : [channel, .. others];
        var compared = others.Where(r => !r.Server.ListenersPublish).ToList();
        var plain = compared.Find(r => IsNamed(r, PlainName));

        List<IReadOnlyList<string>> lines = [["", .. compared.Select(r => $"channel / {r.Title}"), .. figures.Select(r => r.Title), "goal (channel)"]];
        lines.AddRange(FanOutRows.All.Where(row => results.Any(r => row.Value(r) is not null)).Select(Line));
        return MarkdownTable.Write(lines);

        IReadOnlyList<string> Line(FanOutRow row) =>
        [
            row.Name,
            .. compared.Select(r => MarkdownTable.Cell(row.Ratio?.Invoke(channel!, r), "0.00")),
            .. figures.Select(r => MarkdownTable.Cell(row.Value(r), row.Format)),
            row.Goal?.Judge(
                channel is null ? null : row.Value(channel),
                channel is null || plain is null ? null : row.Ratio?.Invoke(channel, plain)) ?? "",
        ];
    }

    private static bool IsNamed(FanOutResults results, string name) => string.Equals(results.Server.Name, name, StringComparison.Ordinal);
}
