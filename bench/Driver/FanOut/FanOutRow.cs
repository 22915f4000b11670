namespace WhatsSound.Bench.FanOut;

/// <summary>One line of the table.</summary>
/// <param name="Name">What, and in which unit.</param>
/// <param name="Value">The figure of a server; null where it was not measured.</param>
/// <param name="Format">How it is written.</param>
internal sealed record FanOutRow(string Name, Func<FanOutResults, double?> Value, string Format = "0.0")
{
    /// <summary>The channel's ratio to another server; null where a ratio says nothing.</summary>
    public Func<FanOutResults, FanOutResults, double?>? Ratio { get; init; }

    /// <summary>The goal, as the design states it for the channel; its ratio is to plain SignalR.</summary>
    public Goal? Goal { get; init; }
}
