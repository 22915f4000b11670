using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>An ordered channel with history and without persistence: what comes closest to a group.</summary>
internal sealed class PlainChannel : WhatsSoundServer
{
    public override string Name => "channel";

    public override string Title => "channel";

    public override Task JoinAsync(HubSocket hub, int user, CancellationToken cancellationToken) =>
        CallAsync(hub, "Subscribe", """{"channel":"bench:1"}""", cancellationToken);

    public override string Publish(int number, string data) =>
        HubMessages.Invocation($"{number}", "Publish", $$"""{"channel":"bench:1","id":"{{number}}","event":"message","data":{{data}}}""");
}
