using Orleans;
using Orleans.Runtime;
using WhatsSound.Embedded.Timers;

namespace WhatsSound.Embedded.Runtime;

/// <summary>
/// One activation of a grain: takes requests in, runs them in turns, and lives from its first request until it is idle, asked to
/// go, or killed with its silo. <see cref="ActivationLife"/> holds how it starts and ends.
/// </summary>
internal sealed class Activation : IGrainContext, IWorkItemScheduler, IRequestTarget
{
    /// <summary>How often a request may find that its activation has just gone before it is refused.</summary>
    private const int ForwardsMax = 10;

    private readonly RequestQueue requests;
    private readonly ActivationLife life;
    private readonly IdleClock idle;
    private ActivationState state = ActivationState.Activating;

    public Activation(Silo silo, GrainClass grainClass, GrainId grainId)
    {
        Silo = silo;
        GrainClass = grainClass;
        GrainId = grainId;
        ActivationId = new(silo.Cluster.NewGuid());
        Turns = new(silo.Cluster.Pump, grainId.ToString(), this);
        requests = new(grainClass.IsReentrant);
        idle = new(silo.ManagementTime);
        life = new(this);
        Timers = new(this);
        GrainReference = silo.References.Plain(grainId);
    }

    public static Activation? Current => TurnScheduler.Current?.Owner;

    public Silo Silo { get; }

    public GrainClass GrainClass { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; }

    public TurnScheduler Turns { get; }

    public GrainTimers Timers { get; }

    public GrainReference GrainReference { get; }

    public object? Instance => life.Instance;

    public object? GrainInstance => life.Instance;

    public IServiceProvider ActivationServices => life.Services;

    public IGrainLifecycle ObservableLifecycle => life.Stages;

    public IWorkItemScheduler Scheduler => this;

    public Task Deactivated => life.Ended;

    public static Activation Of(IGrainContext context)
        => context as Activation ?? throw new InvalidOperationException("This grain is not an activation of this engine.");

    public void Start() => Turns.Start(static self => _ = ((Activation)self!).life.ActivateAsync(), this);

    public bool TryReceive(Request request)
    {
        var limit = Silo.RequestsMax;
        int count;
        lock (requests)
        {
            if (state is ActivationState.Gone) return false;
            count = requests.Count;
            if (limit == 0 || count <= limit || request.IsLocal)
            {
                requests.Add(request);
                StartWhatMayStart();
                return true;
            }
        }

        request.Fail(new LimitExceededException(nameof(Orleans.Configuration.SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), count, limit, GrainId));
        return true;
    }

    /// <summary>An InconsistentStateException that the grain did not handle means that what it holds is stale: it must be read again.</summary>
    public void OnFault(Exception exception)
    {
        if (exception is not Orleans.Storage.InconsistentStateException { IsSourceActivation: true } stale) return;
        stale.IsSourceActivation = false;
        Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The grain's state in storage is not the one it holds."));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (requests)
        {
            if (state is ActivationState.Deactivating or ActivationState.Gone || !life.TrySetReason(deactivationReason)) return;
            if (state is ActivationState.Activating) return;
            state = ActivationState.Deactivating;
            if (requests.RunningCount == 0) life.StartEnding();
            else life.EndAfterTimeout();
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan) => idle.KeepFor(timeSpan);

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) => Timers.Start(callback, options);

    public void QueueAction(Action action) => Turns.Start(static turn => ((Action)turn!)(), action);

    public void QueueTask(Task task) => task.Start(Turns);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"{GrainId}{ActivationId} on {Silo.Name}";

    internal void OnActivated()
    {
        lock (requests)
        {
            if (state is not ActivationState.Activating) return;
            state = life.HasReason ? ActivationState.Deactivating : ActivationState.Valid;
            idle.Touch();
            if (state is ActivationState.Valid) StartWhatMayStart();
            else life.StartEnding();
        }
    }

    /// <summary>Ends the activation in good order: what waits goes to the next one, or fails with what activation failed with.</summary>
    internal void Leave(Exception? failure)
    {
        List<Request> left;
        lock (requests)
        {
            if (state is ActivationState.Gone) return;
            state = ActivationState.Gone;
            left = requests.TakeWaiting();
        }

        Silo.Forget(this);
        if (!life.HasStarted) life.Abandon();
        foreach (var request in left) PassOn(request, failure);
    }

    /// <summary>
    /// Ends the activation as a crash does: nothing of it runs again. As in Orleans, callers on silos learn that this silo is gone, and
    /// callers on clients, which do not know where their calls run, wait for the response timeout.
    /// </summary>
    internal void Kill()
    {
        Turns.Stop();
        Turns.WaitForRunningTurn();
        List<Request> left;
        lock (requests)
        {
            if (state is ActivationState.Gone) return;
            state = ActivationState.Gone;
            left = requests.TakeAll();
        }

        Timers.DisposeAll();
        Silo.Forget(this);
        life.Abandon();
        var gone = new SiloUnavailableException($"{Silo} is gone; it ran {GrainId}.");
        foreach (var request in left.Where(request => request is not Calls.Call { Sender: ClientNode })) request.Fail(gone);
    }

    internal void DeactivateIfIdleFor(TimeSpan age)
    {
        lock (requests)
        {
            if (state is not ActivationState.Valid || requests.Count > 0 || !idle.HasPassed(age)) return;
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, $"No request for {age}."));
    }

    private void StartWhatMayStart()
    {
        while (state is ActivationState.Valid && requests.TryStart(out var request))
            Turns.Start(static turn => _ = ((Turn)turn!).RunAsync(), new Turn(this, request));
    }

    private void End(Request request)
    {
        lock (requests)
        {
            requests.End(request);
            if (request.KeepsAlive) idle.Touch();
            if (state is ActivationState.Deactivating && requests.RunningCount == 0) life.StartEnding();
            else StartWhatMayStart();
        }
    }

    private void PassOn(Request request, Exception? failure)
    {
        if (request.IsLocal) return;
        if (failure is not null) request.Fail(failure);
        else if (++request.Forwards > ForwardsMax) request.Fail(new OrleansMessageRejectionException($"{GrainId} keeps deactivating."));
        else Silo.Cluster.Deliver(request);
    }

    private sealed class Turn(Activation activation, Request request)
    {
        public async Task RunAsync()
        {
            if (!request.IsAbandoned) await request.RunAsync(activation);
            activation.End(request);
        }
    }
}
