using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>What stands before SignalR on every transport: reads the token that was shown at connect, has the connection let in, and bounds what is read of it.</summary>
internal sealed class HubAdmission(SessionHost host, SessionRegistry sessions, IOptions<HubDoorOptions> options)
{
    private const string BearerPrefix = "Bearer ";

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var http = connection.GetHttpContext();
        // It would not have come here with an id that no negotiation gave, and that one has been counted.
        var isCounted = http is not null && HubDoor.IsNegotiated(http.Request);
        // Not SignalR's id: others see the session's, where it is present, and by that one whoever negotiated as older clients do is written to.
        var admitted = await host.AdmitAsync(host.NewConnectionId(), http?.Connection.RemoteIpAddress, TokenOf(http), isCounted);
        using var admission = admitted.Value;
        if (admission is null)
        {
            // Clients report it, and those that come back by themselves try again.
            HandshakeProtocol.WriteResponseMessage(new HandshakeResponseMessage(admitted.Refusal!.Message), connection.Transport.Output);
            await connection.Transport.Output.FlushAsync();
            return;
        }

        connection.Features.Set(admission);
        connection.Transport = new HubInput(
            connection.Transport, () => options.Value.ReadBytesMaxOf(SessionOf(admission)), () => (SessionOf(admission)?.Format as IHubFormat)?.Framing);
        await next(connection);
    }

    private Session? SessionOf(SessionAdmission admission) => sessions.TryFind(admission.ConnectionId, out var session) ? session : null;

    private static string? TokenOf(HttpContext? http)
    {
        if (http is null)
            return null;
        if (http.Request.Query["access_token"].ToString() is { Length: > 0 } token)
            return token;
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }
}
