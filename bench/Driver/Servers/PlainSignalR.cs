using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>The yardstick: bench/PlainSignalR.</summary>
internal sealed class PlainSignalR : ServerUnderTest
{
    public override string Name => "plain";

    public override string Title => "plain SignalR";

    public override string Assembly => "PlainSignalR/release/WhatsSound.Bench.PlainSignalR.dll";

    public override Task JoinAsync(HubSocket hub, int user, CancellationToken cancellationToken) =>
        CallAsync(hub, "Join", "", cancellationToken);

    public override string Publish(string id, string data) =>
        HubMessages.Invocation(id, "Publish", data);
}
