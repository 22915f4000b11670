using System.Diagnostics;

namespace WhatsSound.Bench.Probe;

/// <summary>Learns of the server's host when it is built, as the tools of Entity Framework and ASP.NET Core do.</summary>
internal sealed class HostFinder : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Hosting = "Microsoft.Extensions.Hosting";
    private const string HostBuilt = "HostBuilt";

    /// <summary>The services of the last host that was built.</summary>
    public IServiceProvider Services
    {
        get => field ?? throw new InvalidOperationException("There is no host yet.");
        private set;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Hosting)
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // The host's type is the server's; the probe is loaded before the server's assemblies are.
        if (value.Key == HostBuilt && value.Value?.GetType().GetProperty("Services")?.GetValue(value.Value) is IServiceProvider services)
            Services = services;
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
