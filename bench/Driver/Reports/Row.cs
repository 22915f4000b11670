namespace WhatsSound.Bench.Reports;

/// <summary>One line of the table.</summary>
/// <param name="Name">What, and in which unit.</param>
/// <param name="Value">The figure of a server; null where it was not measured.</param>
/// <param name="Format">How it is written.</param>
internal sealed record Row(string Name, Func<Results, double?> Value, string Format = "0.0")
{
    /// <summary>The ratio to plain SignalR; by default of the two values, null where a ratio says nothing.</summary>
    public Func<Results, Results, double?>? Ratio { get; init; }

    /// <summary>The goal, as the design states it for the channel.</summary>
    public Goal? Goal { get; init; }
}
