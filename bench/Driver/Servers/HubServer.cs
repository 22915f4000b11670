using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>A server whose clients speak the JSON hub protocol of SignalR.</summary>
internal abstract class HubServer : DotNetServer
{
    public override Heartbeat HeartbeatOf(int user) => HubCalls.Heartbeat;

    public override Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken) => Task.FromResult("/hub");

    public override Task OpenAsync(ClientSocket socket, int user, CancellationToken cancellationToken)
    {
        socket.Send(WebSocketWriter.Text(HubCalls.Handshake));
        return Task.CompletedTask;
    }
}
