namespace WhatsSound.Bench.Servers;

/// <summary>
/// This server, with connections that are in no room yet, and with the limits on people lifted: a benchmark's member says and queues more than a person.
/// </summary>
internal sealed class RoomServer : WhatsSoundServer
{
    public override string Name => "rooms";

    public override string Title => "rooms";

    public override IReadOnlyDictionary<string, string> Environment(string dataFolder) =>
        new Dictionary<string, string>(base.Environment(dataFolder), StringComparer.Ordinal)
        {
            ["Rooms__QueueMax"] = "10000",
            ["Rooms__EntriesPerUserMax"] = "10000",
            ["Rooms__ChatBurstMax"] = "100000",
            ["Rooms__ChatPerSecond"] = "100000",
            ["Rooms__MembersMax"] = "1001",
            ["Sessions__CommandsPerSecondMax"] = "100000",
            ["Sessions__CommandBurstMax"] = "100000",
        };

    public override string Publish(string run, int number, string data) => throw new NotSupportedException("Rooms are commanded, not published to.");
}
