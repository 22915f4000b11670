using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>An ordered channel with history and without persistence: what comes closest to a group.</summary>
internal class PlainChannel : WhatsSoundServer
{
    public override string Name => "channel";

    public override string Title => "channel";

    public override Task JoinAsync(HubSocket hub, int user, CancellationToken cancellationToken) =>
        CallAsync(hub, "Subscribe", """{"channel":"bench:1"}""", cancellationToken);

    public override string Publish(string id, string data) =>
        HubMessages.Invocation(id, "Publish", $$"""{"channel":"bench:1","id":"{{id}}","event":"message","data":{{data}}}""");
}
