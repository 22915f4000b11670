namespace WhatsSound.Bench;

/// <summary>What every benchmark is told.</summary>
internal abstract record RunOptions
{
    /// <summary>The build output folder, with a folder per project.</summary>
    public string Bin { get; init; } = "artifacts/bin";

    /// <summary>The folder of the Node servers, with their packages installed.</summary>
    public string Node { get; init; } = "bench/Node";

    /// <summary>Where the report goes, as a table and as JSON, and what the servers said.</summary>
    public string Out { get; init; } = "artifacts/bench";

    public int ServerCore { get; init; }

    public int DriverCore { get; init; } = 1;

    /// <summary>The whole run stops here, whatever hangs; what was measured by then is reported.</summary>
    public int MinutesMax { get; init; } = 10;

    /// <summary>Settings that every server under test gets, for experiments.</summary>
    public IReadOnlyDictionary<string, string> ServerEnvironment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
