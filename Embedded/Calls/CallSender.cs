using Orleans.Runtime;
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
        var sender = Activation.Current?.Silo ?? reference.Shared.Node;
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

    private static class Done<TResult>
    {
        public static readonly Task<TResult> Task = System.Threading.Tasks.Task.FromResult<TResult>(default!);
    }
}
