using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Http.Api.Description;

namespace WhatsSound.Gateway;

/// <summary>Puts the gateway's addresses into a host.</summary>
public static class GatewayEndpoints
{
    /// <summary>Maps the doors, the health of the gateway, guests, what rooms have played, the API, the web page, and in Development the token endpoint.</summary>
    public static WebApplication MapWhatsSoundGateway(this WebApplication app)
    {
        app.UseBrowserRules(HubDoorOptions.Path);
        app.MapHubDoor();
        app.MapHealth();
        app.MapGuests();
        app.MapPlays();
        app.MapApi();
        app.MapApiDescription();
        if (app.Environment.IsDevelopment())
            app.MapDevelopmentToken();
        app.MapWebPage();
        return app;
    }
}
