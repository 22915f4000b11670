using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>The channel with listeners that speak the MessagePack hub protocol; who publishes speaks JSON, as everywhere.</summary>
internal sealed class MessagePackChannel : PlainChannel
{
    public override string Name => "messagepack";

    public override string Title => "channel, MessagePack";

    public override Heartbeat HeartbeatOf(int user) => user < 0 ? base.HeartbeatOf(user) : MessagePackHubCalls.Heartbeat;

    public override Task OpenAsync(ClientSocket socket, int user, CancellationToken cancellationToken)
    {
        if (user < 0)
            return base.OpenAsync(socket, user, cancellationToken);
        socket.Send(WebSocketWriter.Text(MessagePackHubCalls.Handshake));
        return Task.CompletedTask;
    }

    public override Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        MessagePackHubCalls.CallAsync(socket, "Subscribe", new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = "bench:1" }, cancellationToken);
}
