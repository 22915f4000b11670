namespace WhatsSound.Bench.Servers;

/// <summary>This server, or another build of it, with the limits lifted that keep one user from making thousands of channels and rooms.</summary>
internal sealed class IdleServer(string? before = null) : WhatsSoundServer
{
    public override string Name => before is null ? "idle" : "idle-before";

    public override string Title => before is null ? "now" : "before";

    public override string? Bin => before;

    public override IReadOnlyDictionary<string, string> Environment(string dataFolder) =>
        new Dictionary<string, string>(base.Environment(dataFolder), StringComparer.Ordinal)
        {
            ["Sessions__CommandsPerSecondMax"] = "100000",
            ["Sessions__CommandBurstMax"] = "100000",
            ["Sessions__NewChannelsPerMinuteMax"] = "100000",
            ["Sessions__NewChannelBurstMax"] = "100000",
            ["Sessions__LiveChannelsMax"] = "100000",
            ["Sessions__SnapshotsPerSecondMax"] = "100000",
            ["Sessions__SnapshotBurstMax"] = "100000",
            ["Sessions__ConnectsPerSecondMax"] = "100000",
            ["Sessions__ConnectBurstMax"] = "100000",
            ["Users__RoomsOwnedMax"] = "100000",
            ["Users__RoomsPerHourMax"] = "100000",
        };

    public override string Publish(string run, int number, string data) => throw new NotSupportedException("What is idle publishes nothing.");
}
