namespace WhatsSound.Bench.Servers;

/// <summary>
/// This server for the channels benchmark: channels <c>kept:*</c> are in the database before a publication is acknowledged, others are not kept, and the
/// limits on people are lifted.
/// </summary>
internal sealed class ChannelServer(string? postgres) : WhatsSoundServer
{
    public const string Kept = "kept";
    public const string NotKept = "bench";

    public override string Name => postgres is null ? "channels-sqlite" : "channels-postgresql";

    public override string Title => postgres is null ? "SQLite" : "PostgreSQL";

    public override IReadOnlyDictionary<string, string> Environment(string dataFolder)
    {
        var settings = new Dictionary<string, string>(base.Environment(dataFolder), StringComparer.Ordinal)
        {
            ["Channels__Rules__0__Pattern"] = $"{Kept}:*",
            ["Channels__Rules__0__PersistAll"] = "1.00:00:00",
            ["Channels__Rules__0__PublicationsPerSecondMax"] = "10000",
            ["Channels__Rules__1__Pattern"] = $"{NotKept}:*",
            ["Channels__Rules__1__PublicationsPerSecondMax"] = "10000",
            ["Sessions__CommandsPerSecondMax"] = "100000",
            ["Sessions__CommandBurstMax"] = "100000",
        };
        if (postgres is not null)
        {
            settings["Storage__Provider"] = "postgresql";
            settings["Storage__ConnectionString"] = postgres;
        }

        return settings;
    }

    public override string Publish(string run, int number, string data) => throw new NotSupportedException("The channels benchmark names the channel of each publication.");
}
