using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains;

/// <summary>
/// The product's grains on two silos of the engine under test, and a client. Grain storage, message log and clock are shared by the silos and outlive each
/// of them, so that what a killed silo kept is found by the other. Time stands still unless a test advances it.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private EngineCluster _engine = null!;

    public ManualTime Time { get; } = new();

    public MemoryMessageLog Log { get; } = new();

    public MemoryStorage Storage { get; } = new();

    /// <summary>A client beside the silos, as a gateway has it.</summary>
    public IClusterClient Client => _engine.Client;

    public IGrainFactory Grains => _engine.Client;

    public async ValueTask InitializeAsync() => _engine = await EngineCluster.StartAsync(Configure, Time);

    /// <summary>Kills the silo on which the grain is active, as a crash would, and starts another in its place.</summary>
    public Task KillSiloOfAsync(IAddressable grain) => _engine.KillSiloOfAsync(grain.GetGrainId());

    /// <summary>Deactivates the grain, in good order.</summary>
    public Task DeactivateAsync(IAddressable grain) => _engine.DeactivateAsync(grain.GetGrainId());

    /// <summary>
    /// Advances the clock in steps, and after each waits for the barrier, normally a call to the grain whose timers matter: what the step made due has then
    /// been done.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by, TimeSpan step, Func<Task> barrier)
    {
        for (var left = by; left > TimeSpan.Zero; left -= step)
        {
            Time.Advance(left < step ? left : step);
            await barrier();
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IMessageLog>(Log);
        silo.Services.AddSingleton<IGrainStorage>(Storage);
        silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, Storage);
        silo.UseInMemoryReminderService();
        silo.AddWhatsSoundGrains();
    }
}
