using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Grains.Storage;
using WhatsSound.Silo;

namespace WhatsSound.Bench.Turns;

/// <summary>The product's silo without its gateway, on SQLite, with the limits on people lifted; its rooms' turns are timed.</summary>
internal sealed class TurnSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TurnSilo(WebApplication app, TurnTimes times) => (_app, Times, Grains) = (app, times, app.Services.GetRequiredService<IGrainFactory>());

    public TurnTimes Times { get; }

    public IGrainFactory Grains { get; }

    public static async Task<TurnSilo> StartAsync(string folder)
    {
        var times = new TurnTimes();
        string[] settings =
        [
            "--urls=http://127.0.0.1:0", "--Gateway:Enabled=false", $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "rooms.db")}", "--Rooms:QueueMax=10000", "--Rooms:EntriesPerUserMax=200", "--Logging:LogLevel:Default=Warning",
        ];
        var app = WhatsSoundHost.Create(settings, builder =>
        {
            builder.Services.AddSingleton<IIncomingGrainCallFilter>(times);
            Decorate(builder.Services, times);
        });
        await app.StartAsync();
        return new TurnSilo(app, times);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Decorate(IServiceCollection services, TurnTimes times)
    {
        var registered = services.Last(static service => service.ServiceType == typeof(IRoomJournal));
        services.Remove(registered);
        services.AddSingleton<IRoomJournal>(provider => new TimedJournal((IRoomJournal)(registered.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)), times));
    }
}
