using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Puts the SignalR door into a host.</summary>
internal static class HubDoor
{
    /// <summary>Who a connection is, is in its session: ASP.NET Core's own principal is nobody, and one for all.</summary>
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    /// <summary>What an address has besides a token: far more than the path, the connection id and what a client adds.</summary>
    private const int AddressBytesMax = 4 * 1024;

    private const string NegotiatePath = $"{HubDoorOptions.Path}/negotiate";

    /// <summary>In metrics.</summary>
    public const string Name = "signalr";

    public static void AddHubDoor(this IServiceCollection services)
    {
        services.AddSignalR();
        // With this category on, even for nothing, each request has an activity and a log scope, and the request of a WebSocket keeps them for its life.
        // A listener for traces still gets them.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        // Below this it writes the arguments of each call: tokens, and what people say.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Information));
        // A token may stand in the address.
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<IdentityOptions>>(static (kestrel, identity) =>
            kestrel.Limits.MaxRequestLineSize = Math.Max(kestrel.Limits.MaxRequestLineSize, identity.Value.TokenCharsMax + AddressBytesMax));
        services.AddOptions<HubOptions>().Configure<IOptions<HubDoorOptions>, IOptions<SessionLimits>>(static (hub, door, limits) =>
        {
            hub.HandshakeTimeout = limits.Value.AuthenticateWithin;
            // With what separates records, so that whoever sends too much is told so by the session's protocol, and not by SignalR.
            hub.MaximumReceiveMessageSize = door.Value.ReadBytesMax + (long)LengthFraming.PrefixBytesMax;
            hub.KeepAliveInterval = door.Value.KeepAliveInterval;
            hub.ClientTimeoutInterval = door.Value.ClientTimeout;
            hub.SupportedProtocols = [JsonHubFormat.ProtocolName, MessagePackHubFormat.ProtocolName];
            // Requests of a connection are carried out in the order in which they came: what a client says first is said first.
            hub.MaximumParallelInvocationsPerClient = 1;
        });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol, RefusingJsonProtocol>();
        services.AddSingleton<IHubProtocol, RefusingMessagePackProtocol>();
        services.AddSingleton<HubAdmission>();
        services.AddSingleton<HubLifetimeManager<DoorHub>, HubSessions>();
    }

    public static void MapHubDoor(this WebApplication app)
    {
        var options = new HttpConnectionDispatcherOptions();
        options.LongPolling.PollTimeout = app.Services.GetRequiredService<IOptions<HubDoorOptions>>().Value.PollTimeout;
        app.UseWebSockets();
        app.Use(static (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(HubDoorOptions.Path, StringComparison.OrdinalIgnoreCase))
                return next(context);
            var isNegotiation = IsNegotiation(context.Request);
            if (context.RequestServices.GetRequiredService<SessionHost>().IsDraining && (isNegotiation || !IsNegotiated(context.Request)))
                return TurnAwayAsync(context.Response);
            if (isNegotiation && context.RequestServices.GetRequiredService<SessionHost>().CountConnect(context.Connection.RemoteIpAddress) is { } tooMany)
                return RefuseAsync(context.Response, tooMany);
            context.User = Nobody;
            // Proxies that collect an answer before they pass it on (nginx by default) would keep server-sent events for themselves.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            if (context.Features.Get<IHttpWebSocketFeature>() is { } webSockets)
                context.Features.Set<IHttpWebSocketFeature>(new SharedWebSocketFeature(webSockets, context.RequestServices.GetRequiredService<TimeProvider>()));
            return next(context);
        });
        var admission = app.Services.GetRequiredService<HubAdmission>();
        // As MapHub does, but with what stands before SignalR.
        app.MapConnections(HubDoorOptions.Path, options, connections => connections.Use(next => connection => admission.RunAsync(connection, next)).UseHub<DoorHub>())
            .WithMetadata(new HubMetadata(typeof(DoorHub)));
    }

    /// <summary>Whether the request names a connection that a negotiation has made. ASP.NET Core refuses an id that it did not give, and takes one without characters for none: the request is a new connection.</summary>
    public static bool IsNegotiated(HttpRequest request) => !StringValues.IsNullOrEmpty(request.Query["id"]);

    private static bool IsNegotiation(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(NegotiatePath, StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpResponse response, Refusal refusal)
    {
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Math.Ceiling((refusal.RetryAfterMs ?? 0) / 1000.0).ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(refusal, WireJson.Default.Refusal);
    }

    private static Task TurnAwayAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
