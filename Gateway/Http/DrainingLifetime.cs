using System.Runtime.InteropServices;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Http;

/// <summary>
/// The host's lifetime: SIGTERM, SIGINT and SIGQUIT first drain the gateway, and only then stop the application. The default lifetime stops at once, and
/// SignalR closes its connections in that moment without a word (dotnet/aspnetcore#25069).
/// </summary>
internal sealed class DrainingLifetime(Drain drain, IHostApplicationLifetime application, ILogger<DrainingLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The second one means it: the runtime's own answer, the end of the process, follows.
        if (drain.HasBegun)
            return;
        context.Cancel = true;
        _ = StopAfterDrainAsync();
    }

    private async Task StopAfterDrainAsync()
    {
        try
        {
            await drain.RunAsync();
        }
        catch (Exception exception)
        {
            // Whatever went wrong with the goodbyes, the stop was asked for.
            HttpLog.DrainFailed(logger, exception);
        }

        application.StopApplication();
    }
}
