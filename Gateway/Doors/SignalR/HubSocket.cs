using Microsoft.AspNetCore.SignalR;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A SignalR connection as a session's socket.</summary>
internal sealed class HubSocket(HubConnectionContext connection) : ISessionSocket
{
    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages) =>
        connection.WriteAsync((messages.Length == 1 ? HubEncoding.Encoded(messages[0]) : HubEncoding.Together(messages)).Message);

    public void Close() => connection.Abort();
}
