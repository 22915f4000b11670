namespace WhatsSound.Bench;

/// <summary>What is measured, and how long. The defaults are the situation in which the design states its goals.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>The build output folder, with a folder per project.</summary>
    public required string Bin { get; init; }

    /// <summary>Where the report goes, as a table and as JSON.</summary>
    public required string Out { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = ["fanout", "memory", "stall"];

    public IReadOnlyList<string> Servers { get; init; } = ["plain", "channel", "room"];

    public int ServerCore { get; init; }

    public int DriverCore { get; init; } = 1;

    public int Rounds { get; init; } = 3;

    public int Listeners { get; init; } = 500;

    public int Bytes { get; init; } = 130;

    public int RatePerSecond { get; init; } = 30;

    /// <summary>A warm-up lasts until the runtime has stopped compiling, which it does for long in the background, but at least so long.</summary>
    public int WarmUpSecondsMin { get; init; } = 4;

    public int WarmUpSecondsMax { get; init; } = 16;

    public int Seconds { get; init; } = 6;

    public int MemoryFrom { get; init; } = 500;

    public int MemoryTo { get; init; } = 2500;

    public int StallListeners { get; init; } = 100;

    /// <summary>16 KB at 40/s fill the megabyte that the kernel holds for a stalled reader within 2 s; 130 bytes at 30/s would take minutes.</summary>
    public int StallBytes { get; init; } = 16 * 1024;

    public int StallRatePerSecond { get; init; } = 40;

    public int StallSeconds { get; init; } = 5;

    /// <summary>The build output folder of another version of this server, to be measured beside it; null: none.</summary>
    public string? Before { get; init; }

    /// <summary>The whole run stops here, whatever hangs.</summary>
    public int MinutesMax { get; init; } = 10;

    /// <summary>Settings that every server under test gets, for experiments.</summary>
    public IReadOnlyDictionary<string, string> ServerEnvironment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
