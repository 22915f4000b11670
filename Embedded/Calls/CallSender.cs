using Orleans.Runtime;
using WhatsSound.Embedded.Observers;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>What the methods of proxies call. The sender is the silo of the running activation, or the node the reference was made in.</summary>
internal static class CallSender
{
    public static void Void(GrainReference reference, CallMethod method, object?[] arguments) => Send((CallMethod<Nothing>)method, reference, arguments);

    public static Task Task(GrainReference reference, CallMethod method, object?[] arguments) => Send((CallMethod<Nothing>)method, reference, arguments);

    public static ValueTask ValueTask(GrainReference reference, CallMethod method, object?[] arguments)
        => new(Send((CallMethod<Nothing>)method, reference, arguments));

    public static Task<TResult> TaskOf<TResult>(GrainReference reference, CallMethod method, object?[] arguments)
        => Send((CallMethod<TResult>)method, reference, arguments);

    public static ValueTask<TResult> ValueTaskOf<TResult>(GrainReference reference, CallMethod method, object?[] arguments)
        => new(Send((CallMethod<TResult>)method, reference, arguments));

    private static Task<TResult> Send<TResult>(CallMethod<TResult> method, GrainReference reference, object?[] arguments)
    {
        var sender = SenderOf(reference);
        if (method.CancellationIndex >= 0 && arguments[method.CancellationIndex] is CancellationToken { IsCancellationRequested: true } cancelled)
            return System.Threading.Tasks.Task.FromCanceled<TResult>(cancelled);
        try
        {
            method.CopyArguments(arguments);
        }
        catch (Exception exception)
        {
            // As a failure of the call, not of the statement that makes it.
            return System.Threading.Tasks.Task.FromException<TResult>(exception);
        }

        var call = new Call<TResult>(method, arguments, reference.GrainId, sender);
        sender.Send(call);
        return method.IsOneWay ? Done<TResult>.Task : call.Response;
    }

    /// <summary>
    /// An observer's reference, used on a silo outside of any activation, was made by the observer's client: when that client is dead, the call is
    /// some silo's, and waits for a response in vain.
    /// </summary>
    private static Node SenderOf(GrainReference reference)
    {
        if (Activation.Current is { } caller) return caller.Silo;
        var node = reference.Shared.Node;
        return node.IsDead && ObserverId.Is(reference.GrainId) ? node.Cluster.Place() ?? node : node;
    }

    private static class Done<TResult>
    {
        public static readonly Task<TResult> Task = System.Threading.Tasks.Task.FromResult<TResult>(default!);
    }
}
