using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Http;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Puts the SignalR door into a host.</summary>
internal static class HubDoor
{
    /// <summary>Who a connection is, is in its session: ASP.NET Core's own principal is nobody, and one for all.</summary>
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public static void AddHubDoor(this IServiceCollection services)
    {
        services.AddSignalR();
        // With this category on, even for nothing, each request has an activity and a log scope, and the request of a WebSocket keeps them for its life.
        // A listener for traces still gets them.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        services.AddOptions<HubOptions>().Configure<IOptions<HubDoorOptions>>(static (hub, door) =>
        {
            hub.MaximumReceiveMessageSize = door.Value.ReadBytesMax;
            hub.KeepAliveInterval = door.Value.KeepAliveInterval;
            hub.ClientTimeoutInterval = door.Value.ClientTimeout;
            hub.SupportedProtocols = ["json"];
            // Requests of a connection are carried out in the order in which they came: what a client says first is said first.
            hub.MaximumParallelInvocationsPerClient = 1;
        });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(static provider => new RefusingHubProtocol(
            new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>()),
            provider.GetRequiredService<IOptions<HubDoorOptions>>().Value.RequestBytesMax));
        services.AddSingleton<HubCalls>();
        services.AddSingleton<HubLifetimeManager<RoomHub>, HubSessions>();
    }

    public static void MapHubDoor(this WebApplication app)
    {
        app.UseWebSockets();
        app.Use(static (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(HubDoorOptions.Path, StringComparison.Ordinal))
                return next(context);
            if (context.RequestServices.GetRequiredService<Drain>().HasBegun && !context.Request.Query.ContainsKey("id"))
                return TurnAwayAsync(context.Response);
            context.User = Nobody;
            if (context.Features.Get<IHttpWebSocketFeature>() is { } webSockets)
                context.Features.Set<IHttpWebSocketFeature>(new SharedWebSocketFeature(webSockets, context.RequestServices.GetRequiredService<TimeProvider>()));
            return next(context);
        });
        app.MapHub<RoomHub>(HubDoorOptions.Path);
    }

    private static Task TurnAwayAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
