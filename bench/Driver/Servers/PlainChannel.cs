using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>An ordered channel with history and without persistence: what comes closest to a group.</summary>
internal class PlainChannel : WhatsSoundServer
{
    public override string Name => "channel";

    public override string Title => "channel";

    public override Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        HubCalls.CallAsync(socket, "Subscribe", """{"channel":"bench:1"}""", cancellationToken);

    public override string Publish(string run, int number, string data) =>
        HubCalls.Invocation($"{run}-{number}", "Publish", $$"""{"channel":"bench:1","id":"{{run}}-{{number}}","event":"message","data":{{data}}}""");
}
