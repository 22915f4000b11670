using System.Collections.Concurrent;
using System.Globalization;
using WhatsSound.Embedded.Calls;
using WhatsSound.Embedded.Observers;
using WhatsSound.Embedded.Storage;

namespace WhatsSound.Embedded.Runtime;

/// <summary>What the silos and clients of one cluster share: who is there, where each grain is, and the way between them.</summary>
internal sealed class ClusterRuntime
{
    private readonly ConcurrentDictionary<(Type Type, string Name), object> shared = new();
    private readonly List<Silo> silos = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly Random random;
    private int ports = 11110;
    private int generations;

    public ClusterRuntime()
        : this(new ThreadPoolPump(), Random.Shared, new Network())
    {
    }

    public ClusterRuntime(TurnPump pump, Random random, Network network)
    {
        this.random = random;
        Pump = pump;
        Network = network;
        Directory = new(this);
    }

    public TurnPump Pump { get; }

    public Network Network { get; }

    public GrainDirectory Directory { get; }

    /// <summary>What goes wrong with storage, when somebody wants it to.</summary>
    public StorageFaults? StorageFaults { get; set; }

    public IReadOnlyList<Silo> Silos
    {
        get
        {
            lock (gate) return [.. silos];
        }
    }

    /// <summary>State that outlives single silos: what memory storage, reminders and streams keep.</summary>
    public T Shared<T>(string name, Func<T> create)
        where T : class
        => (T)shared.GetOrAdd((typeof(T), name), _ => create());

    public Guid NewGuid()
    {
        var bytes = new byte[16];
        lock (gate) random.NextBytes(bytes);
        return new(bytes);
    }

    public string NextName(string kind)
    {
        lock (gate) return string.Create(CultureInfo.InvariantCulture, $"{kind}-{names[kind] = names.GetValueOrDefault(kind) + 1}");
    }

    public int NextPort() => Interlocked.Increment(ref ports);

    public int NextGeneration() => Interlocked.Increment(ref generations);

    public void Add(Silo silo)
    {
        lock (gate) silos.Add(silo);
    }

    public void Remove(Silo silo)
    {
        lock (gate) silos.Remove(silo);
    }

    /// <summary>Any active silo, each as likely as the others.</summary>
    public Silo? Place()
    {
        lock (gate)
        {
            var active = silos.FindAll(silo => silo.IsActive);
            return active.Count == 0 ? null : active[active.Count == 1 ? 0 : random.Next(active.Count)];
        }
    }

    /// <summary>Hands a request to its target; if the target has just gone, to the one that takes its place.</summary>
    public void Deliver(Request request)
    {
        if (ObserverId.Is(request.Target))
        {
            Directory.DeliverToObserver(request);
            return;
        }

        try
        {
            while (true)
            {
                var activation = Directory.FindOrActivate(request.Target);
                request.RunsOn = activation.Turns;
                if (activation.TryReceive(request)) return;
                Directory.Remove(activation);
            }
        }
        catch (Exception exception)
        {
            // No silo, or no class for this grain: the caller's to know.
            request.Fail(exception);
        }
    }
}
