using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Metrics;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Grains.Users;
using WhatsSound.Playback;
using WhatsSound.Settings;
using WhatsSound.Streams;

namespace WhatsSound.Grains;

/// <summary>Adds the product's grains to a silo.</summary>
public static class GrainsSiloBuilderExtensions
{
    /// <summary>
    /// Adds what the grains need, but for the two things that a deployment chooses: the grain storage and the message log. What is registered before
    /// (a clock, an id source, a lane scheduler, another stream provider named <c>live</c>) is kept.
    /// </summary>
    public static ISiloBuilder AddWhatsSoundGrains(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        builder.AddPlacementDirector<RoomPlacement, RoomPlacementDirector>();
        builder.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
        builder.AddPlacementDirector<OldestSiloPlacement, OldestSiloPlacementDirector>();
        services.AddSingleton<IPersistentStateFactory, StoredStates>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRoomClock, RoomClock>();
        services.TryAddSingleton<GrainsMeter>();
        AddChannels(services, builder.Configuration);
        AddLanes(services, builder.Configuration);
        AddRooms(services, builder.Configuration);
        return builder;
    }

    private static void AddChannels(IServiceCollection services, IConfiguration configuration)
    {
        services.AddChannelRules(configuration);
        services.AddControl(configuration);
        services.TryAddSingleton<ChannelInstruments>();
        services.TryAddSingleton<HistoryBudget>();
        services.TryAddSingleton<LeaseWatch>();
        services.TryAddSingleton<ChannelServices>();
        services.TryAddSingleton<Departures>();
    }

    private static void AddLanes(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<LaneOptions, LaneOptionsValidator>(configuration, LaneOptions.Section);
        services.TryAddSingleton<LaneInstruments>();
        services.TryAddSingleton<LaneHub>();
        services.TryAddSingleton<ILaneSender>(static provider => provider.GetRequiredService<LaneHub>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<LaneHub>());
        services.AddLiveStreams();
    }

    private static void AddRooms(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RoomOptions, RoomOptionsValidator>(configuration, RoomOptions.Section);
        services.AddSettings<RoomDirectoryOptions, RoomDirectoryOptionsValidator>(configuration, RoomDirectoryOptions.Section);
        services.AddSettings<RoomPlayOptions, RoomPlayOptionsValidator>(configuration, RoomPlayOptions.Section);
        services.AddSettings<UserOptions, UserOptionsValidator>(configuration, UserOptions.Section);
        services.TryAddSingleton<UserInstruments>();
        services.TryAddSingleton<RoomListInstruments>();
        services.TryAddSingleton<UserNotices>();
        services.TryAddSingleton<IUserNotices>(static provider => provider.GetRequiredService<UserNotices>());
        services.AddHostedService(static provider => provider.GetRequiredService<UserNotices>());
        services.AddSettings<ChatOptions, ChatOptionsValidator>(configuration, ChatOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChatFilter, WordFilter>());
        services.TryAddSingleton<ChatFilters>();
        services.TryAddSingleton<ChatInstruments>();
        services.TryAddSingleton<ChatServices>();
    }
}
