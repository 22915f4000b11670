using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

internal sealed class Call<TResult>(CallMethod<TResult> method, object?[] arguments, GrainId target, Node sender) : Call(method, arguments, target, sender)
{
    private readonly TaskCompletionSource<TResult> response = new(sender.Cluster.Pump.CompletionOptions);
    private TResult? result;
    private Exception? failure;

    public Task<TResult> Response => response.Task;

    protected override void Succeed(Task finished)
    {
        if (Method.IsOneWay) return;
        result = method.ResultOf(finished);
        Sender.Cluster.Network.Respond(this, null, static (call, _) => ((Call<TResult>)call).Complete());
    }

    protected override void SetException(Exception exception)
    {
        failure = exception;
        Sender.Cluster.Pump.Complete(this, static call => call.response.TrySetException(call.failure!));
    }

    private void Complete()
    {
        if (TryAnswer()) Sender.Cluster.Pump.Complete(this, static call => call.response.TrySetResult(call.result!));
    }
}
