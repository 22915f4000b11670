using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>A gateway as the product puts it together, but for its doors.</summary>
internal sealed class ResumeGateway : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<BackgroundService> _loops;

    private ResumeGateway(ServiceProvider services)
    {
        _services = services;
        // The host's own services need a host.
        _loops = [ActivatorUtilities.CreateInstance<LeaseLoop>(services), ActivatorUtilities.CreateInstance<UserLeaseLoop>(services)];
    }

    private SessionHost Host => _services.GetRequiredService<SessionHost>();

    /// <param name="client">Its cluster.</param>
    /// <param name="settings">As in the product's configuration.</param>
    /// <param name="configure">What the gateway finds instead of the product's own.</param>
    public static async Task<ResumeGateway> StartAsync(IClusterClient client, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<IHostEnvironment>(new Surroundings());
        services.AddSingleton(client);
        configure?.Invoke(services);
        services.AddWhatsSoundGateway(configuration);
        var gateway = new ResumeGateway(services.BuildServiceProvider());
        foreach (var loop in gateway._loops)
            await loop.StartAsync(CancellationToken.None);
        return gateway;
    }

    public async Task<Session> OpenAsync(string userId, ISessionSocket socket)
    {
        var token = _services.GetRequiredService<TokenIssuer>().Issue(userId, userId, _services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(1), capabilities: null);
        var admitted = await Host.AdmitAsync(Host.NewConnectionId(), address: null, token);
        return Host.Open(admitted.Value!, "test", isTls: true, socket);
    }

    public Task RunAsync(Session session, string reference, string request, object fields)
    {
        if (!RequestCatalogue.TryFind(request, out var meant))
            throw new InvalidOperationException($"There is no request {request}.");
        return _services.GetRequiredService<SessionCalls>().RunAsync(session, reference, meant, JsonSerializer.SerializeToElement(fields));
    }

    /// <summary>As the door does that has the arguments already.</summary>
    public Task AskTimeAsync(Session session, string reference, long sentUs) =>
        _services.GetRequiredService<SessionCalls>().RunAsync(session, reference, ConnectionRequests.Time, sentUs);

    public Task EndAsync(Session session) => Host.EndAsync(session);

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in _loops)
        {
            await loop.StopAsync(CancellationToken.None);
            loop.Dispose();
        }

        await _services.DisposeAsync();
    }

    private sealed class Surroundings : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
