using System.Globalization;
using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.Rooms;

/// <summary>A line per command and size, with its ratio to the smallest size first.</summary>
internal static class RoomsTable
{
    private const double Kilobyte = 1024;

    public static string Write(IReadOnlyList<RoomsResult> results) => MarkdownTable.Write(
    [
        ["command", "members", "songs", "CPU x first", "written x first", "CPU, ms", "written, KB", "journal, B", "database, B", "p50, ms", "p99, ms"],
        .. results.GroupBy(r => r.Command, StringComparer.Ordinal).SelectMany(command => command.Select(r => Line(r, command.First()))),
    ]);

    public static object Figures(IReadOnlyList<RoomsResult> results) => results.Select(r => new
    {
        r.Command,
        r.Members,
        r.Songs,
        r.Figures.CpuMs,
        r.Figures.BytesWritten,
        r.Figures.JournalBytes,
        r.Figures.DatabaseBytes,
        r.Figures.Refused,
        p50Ms = r.Figures.Latency.MedianMs,
        p99Ms = r.Figures.Latency.P99Ms,
        count = r.Figures.Latency.Count,
    }).ToList();

    private static IReadOnlyList<string> Line(RoomsResult r, RoomsResult first) =>
    [
        r.Command,
        r.Members.ToString(CultureInfo.InvariantCulture),
        r.Songs.ToString(CultureInfo.InvariantCulture),
        MarkdownTable.Cell(r.Figures.CpuMs / first.Figures.CpuMs, "0.0"),
        MarkdownTable.Cell(r.Figures.BytesWritten / first.Figures.BytesWritten, "0.0"),
        MarkdownTable.Cell(r.Figures.CpuMs, "0.00"),
        MarkdownTable.Cell(r.Figures.BytesWritten / Kilobyte, "0.0"),
        MarkdownTable.Cell(r.Figures.JournalBytes, "0"),
        MarkdownTable.Cell(r.Figures.DatabaseBytes, "0"),
        MarkdownTable.Cell(r.Figures.Latency.MedianMs, "0.00"),
        MarkdownTable.Cell(r.Figures.Latency.P99Ms, "0.00"),
    ];
}
