using System.Globalization;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>Socket.IO, over its WebSocket transport: a room and an emit to it. The texts are Engine.IO 4 packets around Socket.IO 5 packets.</summary>
internal sealed class SocketIo : NodeServer
{
    private const string Connect = "40";
    private const string EventWithId = "42";
    private const string AnswerWithId = "43";

    public override string Name => "socketio";

    public override string Title => "Socket.IO";

    public override string Script => "socketio.mjs";

    public override Heartbeat HeartbeatOf(int user) => new(Asked: "2", Answers: "3");

    public override Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken) =>
        Task.FromResult("/socket.io/?EIO=4&transport=websocket");

    public override Task OpenAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        socket.AskAsync(Connect, Connect + "{", cancellationToken);

    public override Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        socket.AskAsync(EventWithId + "0[\"join\"]", AnswerWithId + "0[", cancellationToken);

    public override string Publish(string run, int number, string data) =>
        string.Create(CultureInfo.InvariantCulture, $"{EventWithId}{number}[\"publish\",{data}]");
}
