using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Streams;

/// <summary>A batch on its way to a grain: a turn like any call.</summary>
internal sealed class StreamDelivery(GrainId target, Func<object, Task> deliver) : Request
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override GrainId Target => target;

    public Task Ended => ended.Task;

    public override bool IsReadOnly => false;

    public override bool AlwaysInterleaves => false;

    public override async Task RunAsync(IRequestTarget target)
    {
        try
        {
            await deliver(target);
            ended.TrySetResult();
        }
        catch (Exception exception)
        {
            target.OnFault(exception);
            Fail(exception);
        }
    }

    public override void Fail(Exception exception) => ended.TrySetException(exception);
}
