using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

internal sealed class Call<TResult>(CallMethod<TResult> method, object?[] arguments, GrainId target, Node sender) : Call(method, arguments, target, sender)
{
    private readonly TaskCompletionSource<TResult> response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? result;

    public Task<TResult> Response => response.Task;

    protected override void Succeed(Task finished)
    {
        if (Method.IsOneWay) return;
        result = method.ResultOf(finished);
        Sender.Cluster.Network.Respond(this, null, static (call, _) => ((Call<TResult>)call).Complete());
    }

    protected override void SetException(Exception exception) => response.TrySetException(exception);

    private void Complete()
    {
        if (TryAnswer()) response.TrySetResult(result!);
    }
}
