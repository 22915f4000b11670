namespace WhatsSound.Embedded.Runtime;

internal sealed class ThreadPoolPump : TurnPump
{
    public override void Schedule(TurnScheduler scheduler) => ThreadPool.UnsafeQueueUserWorkItem(scheduler, preferLocal: false);
}
