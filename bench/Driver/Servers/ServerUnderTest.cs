using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>What the driver must know of a server to use it as it uses every other.</summary>
internal abstract class ServerUnderTest
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name in the report.</summary>
    public abstract string Title { get; }

    /// <summary>Whether the listeners publish, in turn; otherwise one connection that does not listen.</summary>
    public virtual bool ListenersPublish => false;

    /// <summary>Whether it does anything about a listener that stops reading.</summary>
    public virtual bool HasFlowControl => true;

    /// <summary>How a user's client stays alive.</summary>
    public virtual Heartbeat HeartbeatOf(int user) => Heartbeat.None;

    /// <summary>The program and its arguments.</summary>
    public abstract IReadOnlyList<string> Command(RunOptions options);

    /// <summary>What it needs besides what every server gets.</summary>
    public virtual IReadOnlyDictionary<string, string> Environment(string dataFolder) => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where a user connects: path and query.</summary>
    public virtual Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken) => Task.FromResult("/");

    /// <summary>What a client says first on a new WebSocket; a user below 0 is one who only publishes.</summary>
    public virtual Task OpenAsync(ClientSocket socket, int user, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Once per server, before anybody joins.</summary>
    public virtual Task PrepareAsync(ClientSocket socket, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a connection a listener.</summary>
    public virtual Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The text that publishes <paramref name="data"/>, a JSON string. No other publication has the same run and number.
    /// </summary>
    public abstract string Publish(string run, int number, string data);
}
