using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Traffic;

/// <summary>A publisher and its audience on one server. Messages are numbered through all runs, so what comes late is not taken for another's.</summary>
internal sealed class Load : IDisposable
{
    private readonly ServerProcess _server;
    private readonly ClientSocket _sender;
    private readonly LoadShape _shape;
    private int _published;

    private Load(ServerProcess server, Audience audience, ClientSocket sender, LoadShape shape)
    {
        _server = server;
        _sender = sender;
        _shape = shape;
        Audience = audience;
    }

    public Audience Audience { get; }

    public static async Task<Load> CreateAsync(
        ServerProcess server, LoadShape shape, ClientSocketOptions sockets, CancellationToken cancellationToken)
    {
        var audience = new Audience(server, sockets);
        try
        {
            await audience.GrowToAsync(shape.Listeners, cancellationToken);
            var sender = await server.ConnectAsync(user: -1, new ClientSocketOptions(), audience.Answers.OnText, cancellationToken);
            audience.Publisher = sender;
            return new Load(server, audience, sender, shape);
        }
        catch
        {
            audience.Dispose();
            throw;
        }
    }

    /// <summary>Starts to publish so many messages, on a thread of its own.</summary>
    public LoadRun Begin(int messages, CancellationToken cancellationToken)
    {
        var numbers = new Range(_published, _published + messages);
        _published += messages;
        var log = new DeliveryLog(Audience.Listeners.Count, numbers);
        Audience.Note(log);
        IReadOnlyList<ClientSocket> sockets = _server.Server.ListenersPublish ? [.. Audience.Listeners.Select(l => l.Socket)] : [_sender];
        var publisher = new Publisher(_server.Server, sockets, _shape, numbers);
        return new LoadRun(log, publisher, publisher.RunAsync(cancellationToken));
    }

    /// <summary>Publishes until the runtime has compiled what it will compile; at least and at most so long.</summary>
    public async Task WarmUpAsync(int secondsMin, int secondsMax, CancellationToken cancellationToken)
    {
        const int StepSeconds = 2;
        const int QuietStepsMin = 2;
        const double QuietMs = 30;

        var quietSteps = 0;
        var before = await _server.ReadProbeAsync();
        for (var seconds = 0; seconds < secondsMax && (seconds < secondsMin || quietSteps < QuietStepsMin); seconds += StepSeconds)
        {
            await Begin(StepSeconds * _shape.RatePerSecond, cancellationToken).FinishAsync(cancellationToken);
            var after = await _server.ReadProbeAsync();
            // Who does not say what it compiles has the least time.
            quietSteps = (after.CompilationMs - before.CompilationMs ?? 0) < QuietMs ? quietSteps + 1 : 0;
            before = after;
        }
    }

    public void Dispose()
    {
        _sender.Dispose();
        Audience.Dispose();
    }
}
