using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench.Idle;

/// <summary>A line per server and thing that does nothing.</summary>
internal static class IdleTable
{
    private const double Megabyte = 1024 * 1024;

    public static string Write(IReadOnlyList<IdleFigures> figures) => MarkdownTable.Write(
    [
        ["", "% of a core", "MB resident", "MB heap"],
        .. figures.Select(f => (IReadOnlyList<string>)
        [
            $"{f.Server}: {f.What}",
            MarkdownTable.Cell(f.CorePercent, "0.00"),
            MarkdownTable.Cell(f.ResidentBytes / Megabyte, "0"),
            MarkdownTable.Cell(f.HeapBytes / Megabyte, "0"),
        ]),
    ]);
}
