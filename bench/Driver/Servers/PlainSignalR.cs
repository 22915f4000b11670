using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>bench/PlainSignalR: one hub, one group, default options.</summary>
internal sealed class PlainSignalR : HubServer
{
    public override string Name => "plain";

    public override string Title => "plain SignalR";

    public override string Assembly => "PlainSignalR/release/WhatsSound.Bench.PlainSignalR.dll";

    public override Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        HubCalls.CallAsync(socket, "Join", "", cancellationToken);

    public override string Publish(string run, int number, string data) => HubCalls.Invocation($"{run}-{number}", "Publish", data);
}
