using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Streams;

/// <summary>A batch on its way to a grain: a turn like any call.</summary>
internal sealed class StreamDelivery(GrainId target, TurnPump pump, Func<object, Task> deliver) : Request
{
    private readonly TaskCompletionSource ended = new(pump.CompletionOptions);

    public override GrainId Target => target;

    public Task Ended => ended.Task;

    public override bool IsReadOnly => false;

    public override bool AlwaysInterleaves => false;

    public override async Task RunAsync(IRequestTarget target)
    {
        try
        {
            await deliver(target);
            pump.Complete(ended, static ended => ended.TrySetResult());
        }
        catch (Exception exception)
        {
            target.OnFault(exception);
            Fail(exception);
        }
    }

    public override void Fail(Exception exception) => pump.Complete(ended, ended => ended.TrySetException(exception));
}
