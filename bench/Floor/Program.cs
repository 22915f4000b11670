using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WhatsSound.Bench.Floor;

var port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "0", CultureInfo.InvariantCulture);
using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
server.Bind(new IPEndPoint(IPAddress.Loopback, port));
server.Listen(backlog: 512);

var listeners = new Listeners();
while (true)
{
    // One after another: a handshake is a read and a write.
    var socket = await server.AcceptAsync();
    switch (await Handshake.AnswerAsync(socket))
    {
        case Handshake.Role.Listener:
            listeners.Add(socket);
            break;
        case Handshake.Role.Publisher:
            new Thread(() => new Publisher(socket, listeners).Run()) { IsBackground = true }.Start();
            break;
        default:
            socket.Dispose();
            break;
    }
}
