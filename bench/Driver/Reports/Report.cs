namespace WhatsSound.Bench.Reports;

/// <summary>What a benchmark has to say, whether or not all of it could be measured.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Table">For people.</param>
/// <param name="Figures">Everything behind the table, for machines.</param>
internal sealed record Report(string Name, string Table, object Figures);
