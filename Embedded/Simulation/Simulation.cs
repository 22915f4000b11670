using WhatsSound.Embedded.Runtime;
using WhatsSound.Embedded.Storage;

namespace WhatsSound.Embedded.Simulation;

/// <summary>
/// Runs clusters on one thread, under virtual time. Each step is one turn of one activation, observer or timer that could run now, chosen
/// by the seed; time moves on only when nothing can run. Whatever draws randomness, time or delays from <see cref="Random"/> and
/// <see cref="Time"/>, and keeps to its scheduler, is part of it.
/// </summary>
public sealed class Simulation
{
    private static readonly TimeSpan IntruderPatienceMax = TimeSpan.FromSeconds(1);

    private readonly SimulationOptions options;
    private readonly SimulationPump pump = new();
    private readonly VirtualTime time;

    public Simulation(SimulationOptions options)
    {
        this.options = options;
        Random = new(options.Seed);
        time = new(options.Start, pump);
    }

    public Random Random { get; }

    public TimeProvider Time => time;

    public SimulationFaults Faults { get; } = new();

    public long Steps { get; private set; }

    /// <summary>Equal for two runs that took the same steps at the same times.</summary>
    public ulong TraceHash { get; private set; } = Fnv.Start;

    /// <summary>A cluster inside this simulation; start its silos in <see cref="Run"/>.</summary>
    public EmbeddedCluster CreateCluster(EmbeddedClusterOptions clusterOptions)
    {
        var runtime = new ClusterRuntime(pump, Random, new SimulatedNetwork(time, Random, Faults))
        {
            StorageFaults = new((operation, _, _) => FaultOf(operation)),
        };
        return new(clusterOptions, runtime, time);
    }

    /// <summary>For what runs beside the grains, one turn at a time: a client, a gateway, a database. Its name goes into the trace.</summary>
    public TaskScheduler CreateScheduler(string name) => new TurnScheduler(pump, name);

    /// <summary>Adds to the trace, so that runs that differ here differ in <see cref="TraceHash"/>.</summary>
    public void Trace(string entry) => TraceHash = Fnv.Add(TraceHash, entry);

    /// <summary>Runs until the scenario has ended. What it throws is thrown.</summary>
    public void Run(Func<Task> scenario)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            pump.Bind();
            var ended = new TurnScheduler(pump, "scenario").Run(scenario);
            while (!ended.IsCompleted) Step();
            ended.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Step()
    {
        ThrowIfIntruded();
        if (++Steps > options.StepsMax) throw Failure($"not ended after {options.StepsMax} steps.");
        var choices = pump.Count + time.DueCount;
        if (choices == 0)
        {
            if (!time.MoveToNext()) throw Stuck();
            if (time.GetUtcNow() - options.Start > options.TimeMax) throw Failure($"not ended after {options.TimeMax} of virtual time.");
            return;
        }

        var choice = Random.Next(choices);
        Trace(choice < pump.Count ? pump.Run(choice) : time.Fire(choice - pump.Count));
    }

    private void ThrowIfIntruded()
    {
        if (pump.Intruder is { } intruder)
            throw Failure($"something used Task.Run, ConfigureAwait(false) or real time, so that work came from another thread, for {intruder}");
    }

    private SimulationException Stuck()
    {
        // The run has failed either way; if it waits for another thread, that thread may still tell.
        SpinWait.SpinUntil(() => pump.Intruder is not null, IntruderPatienceMax);
        ThrowIfIntruded();
        return Failure("nothing is left to run, and no timer is due: the scenario waits for something that never comes.");
    }

    private SimulationException Failure(string message) => new(options.Seed, message);

    private StorageFault FaultOf(string operation)
        => operation != "Write" || Random.NextDouble() >= Faults.WriteFailure ? StorageFault.None
            : Random.Next(2) == 0 ? StorageFault.Before
            : StorageFault.After;
}
