using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// What stands before SignalR on every transport: reads the token that was shown at connect, bounds the connections without one, and what is read of them.
/// </summary>
internal sealed class HubAdmission(
    TokenVerifier tokens, SessionRegistry sessions, Strangers strangers, IOptions<HubDoorOptions> options)
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>What a connection gets that cannot be let in: clients report it, and those that come back by themselves try again.</summary>
    private static ReadOnlySpan<byte> TooManyRecord => "{\"error\":\"Too many connections without a token.\"}\u001e"u8;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var shown = await ReadTokenAsync(connection);
        if (shown.Identity is null && !strangers.TryEnter(connection.ConnectionId))
        {
            connection.Transport.Output.Write(TooManyRecord);
            await connection.Transport.Output.FlushAsync();
            return;
        }

        try
        {
            connection.Features.Set(shown);
            connection.Transport = new HubInput(
                connection.Transport, () => options.Value.ReadBytesMaxOf(SessionOf(connection)), () => SessionOf(connection) is not null);
            await next(connection);
        }
        finally
        {
            strangers.Leave(connection.ConnectionId);
        }
    }

    private Session? SessionOf(ConnectionContext connection) => sessions.TryFind(connection.ConnectionId, out var session) ? session : null;

    private async ValueTask<ShownToken> ReadTokenAsync(ConnectionContext connection)
    {
        if (connection.GetHttpContext() is not { } http || TokenOf(http.Request) is not { } token)
            return ShownToken.None;
        var answer = await tokens.VerifyAsync(token);
        return new ShownToken(answer.Value, answer.Refusal);
    }

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Query["access_token"].ToString() is { Length: > 0 } token)
            return token;
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }
}
