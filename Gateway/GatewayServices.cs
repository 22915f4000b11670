using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.ApiKeys;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Gateway.Transport;
using WhatsSound.Playback;
using WhatsSound.Settings;
using WhatsSound.Streams;

namespace WhatsSound.Gateway;

/// <summary>Puts the gateway into a host: one of its own, or a silo's.</summary>
public static class GatewayServices
{
    /// <summary>Adds the gateway. The host brings <see cref="IClusterClient"/>.</summary>
    public static IServiceCollection AddWhatsSoundGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRoomClock, RoomClock>();
        services.AddSingleton(new GatewayIdentity(Guid.NewGuid()));
        services.AddSingleton<GatewayMeters>();
        services.AddIdentity(configuration);
        services.AddApplication(configuration);
        services.AddCredentials();
        services.AddSessions(configuration);
        services.AddDelivery(configuration);
        services.AddShutdown(configuration);
        services.AddHealth();
        services.AddSettings<HubDoorOptions, HubDoorOptionsValidator>(configuration, HubDoorOptions.Section);
        services.AddSettings<WebPageOptions, WebPageOptionsValidator>(configuration, WebPageOptions.Section);
        services.AddHostedService<DevelopmentWarning>();
        services.AddSettings<TransportOptions, TransportOptionsValidator>(configuration, TransportOptions.Section);
        services.AddSingleton<SocketHost>();
        services.AddHubDoor();
        services.AddBrowserRules(configuration);
        services.AddSingleton<ExportGate>();
        services.AddApi(configuration);
        return services;
    }

    private static void AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ApiOptions, ApiOptionsValidator>(configuration, ApiOptions.Section);
        services.AddSingleton<ApiPlaces>();
        services.AddSingleton<PublicationBatch>();
        services.AddSingleton<TokenDesk>();
        services.AddSingleton<RuleDesk>();
        services.AddSingleton<RevocationDesk>();
        services.AddSingleton<ApiCatalogue>();
        services.AddSingleton<ApiGate>();
    }

    /// <summary>Who may come in, and who signs that.</summary>
    internal static void AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<IdentityOptions, IdentityOptionsValidator>(configuration, IdentityOptions.Section);
        services.AddSingleton<IPostConfigureOptions<IdentityOptions>, DevelopmentSigningKey>();
        services.AddSingleton<IValidateOptions<IdentityOptions>, TokenSourceValidation>();
        services.AddSingleton<IValidateOptions<IdentityOptions>, ApiKeyValidation>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton(static provider => KeySourcesOf(
            provider.GetRequiredService<IOptions<IdentityOptions>>().Value, provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<KeyRefresh>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<IPostConfigureOptions<IdentityOptions>, GuestsByEnvironment>();
        services.AddSingleton<GuestSecrets>();
        services.AddSingleton<GuestDesk>();
    }

    /// <summary>What requests may show, for which the cluster is asked.</summary>
    private static void AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<ICredentials, Credentials>();
    }

    private static KeySources KeySourcesOf(IdentityOptions options, IHostEnvironment environment, TimeProvider time, ILoggerFactory loggers) =>
        new(options.Sources, options.Keys, environment.IsDevelopment(), time, loggers);

    private static void AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SessionLimits, SessionLimitsValidator>(configuration, SessionLimits.Section);
        services.AddChannelRules(configuration);
        services.AddControl(configuration);
        services.AddSingleton<IValidateOptions<ControlOptions>, TokenLifetimeValidation>();
        services.AddSingleton<IValidateOptions<ChannelOptions>, PresenceLeaseValidation>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<Allowances>();
        services.AddSingleton<SessionConduct>();
        services.AddSingleton<Strangers>();
        services.AddSingleton<AnonymousSessions>();
        services.AddSingleton<ConnectionCounts>();
        services.AddSingleton<ChannelAccess>();
        services.AddSingleton<ChannelActs>();
        services.AddSingleton<SessionChannels>();
        services.AddSingleton<SessionHistory>();
        services.AddSingleton<SessionRooms>();
        services.AddSingleton<SessionUsers>();
        services.AddSingleton<SessionParking>();
        services.AddSingleton<SessionResume>();
        services.AddSingleton<SessionEnd>();
        services.AddSingleton<SessionAccess>();
        services.AddHostedService<ExpiryLoop>();
        services.AddHostedService<DismissalLoop>();
        services.AddHostedService<AccessLoop>();
        services.AddHostedService<SilenceLoop>();
        services.AddSingleton<ControlActs>();
        services.AddSingleton<ControlMeters>();
        services.AddSingleton<SessionHost>();
        services.AddSingleton<CallServices>();
        services.AddSingleton<CallFailures>();
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<OutboxPolicy>();
    }

    private static void AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DeliveryOptions, DeliveryOptionsValidator>(configuration, DeliveryOptions.Section);
        services.AddSingleton<ILaneSubscriber, LaneSubscriber>();
        services.AddLiveStreams();
        services.AddSingleton<FeedServices>();
        services.AddSingleton<FeedRegistry>();
        services.AddHostedService<LeaseLoop>();
        services.AddHostedService<OccupancyLoop>();
        services.AddHostedService<UserLeaseLoop>();
    }

    private static void AddShutdown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DrainOptions, DrainOptionsValidator>(configuration, DrainOptions.Section);
        services.AddSingleton<Drain>();
        services.AddHostedService<DrainOnStop>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
    }
}
