using System.Diagnostics;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>One call on its way: what is called, with what, by whom, and whether its caller still waits.</summary>
internal abstract class Call(CallMethod method, object?[] arguments, GrainId target, Node sender) : Request
{
    private readonly Dictionary<string, object>? context = RequestContext.Snapshot;
    private CancellationTokenSource? cancellation;
    private CancellationTokenRegistration registration;
    private int answered;

    public override GrainId Target => target;

    public Node Sender => sender;

    public CallMethod Method => method;

    public override bool IsReadOnly => method.IsReadOnly;

    public override bool AlwaysInterleaves => method.AlwaysInterleaves;

    public override bool IsAbandoned => !method.IsOneWay && Volatile.Read(ref answered) != 0;

    /// <summary>Its neighbours among the calls that wait for a response: see <see cref="TimeoutLane"/>.</summary>
    internal Call? Earlier { get; set; }

    internal Call? Later { get; set; }

    internal long DeadlineTimestamp { get; set; }

    internal TimeoutLane? Lane { get; set; }

    /// <summary>Passes the caller's cancellation on. As in Orleans, the caller does not wait for the callee to notice.</summary>
    public void ObserveCancellation()
    {
        if (method.CancellationIndex < 0 || arguments[method.CancellationIndex] is not CancellationToken { CanBeCanceled: true } token) return;
        cancellation = new();
        arguments[method.CancellationIndex] = cancellation.Token;
        registration = token.UnsafeRegister(static (self, token) => ((Call)self!).OnCallerCancelled(token), this);
    }

    public override async Task RunAsync(IRequestTarget target)
    {
        RequestContext.Snapshot = context;
        try
        {
            var instance = target.Instance ?? throw new UnreachableException($"{target} received a call before it had an instance.");
            var task = method.Invoke(instance, arguments) ?? throw new InvalidOperationException($"{method.Name} returned no task.");
            await task;
            Succeed(task);
        }
        catch (Exception exception)
        {
            target.OnFault(exception);
            Fail(exception);
        }
    }

    public override void Fail(Exception exception)
    {
        if (method.IsOneWay) sender.Log.OneWayCallFailed(exception, method.Name, target);
        else sender.Cluster.Network.Respond(this, exception, static (call, exception) => call.GiveUp((Exception)exception!));
    }

    /// <summary>Ends the caller's wait with this exception, unless it has ended already.</summary>
    public void GiveUp(Exception exception)
    {
        if (TryAnswer()) SetException(exception);
    }

    protected abstract void Succeed(Task finished);

    protected abstract void SetException(Exception exception);

    /// <summary>True once: for whoever completes the caller's task.</summary>
    protected bool TryAnswer()
    {
        if (Interlocked.Exchange(ref answered, 1) != 0) return false;
        Lane?.Remove(this);
        registration.Unregister();
        return true;
    }

    private void OnCallerCancelled(CancellationToken token)
    {
        if (!TryAnswer()) return;
        SetException(new OperationCanceledException(token));
        if (RunsOn is { } turns) turns.Start(static source => ((CancellationTokenSource)source!).Cancel(), cancellation);
        else cancellation!.Cancel();
    }
}
