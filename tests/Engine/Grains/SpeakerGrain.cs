namespace WhatsSound.Tests.Engine.Grains;

[Reentrant]
public sealed class SpeakerGrain : Grain, ISpeakerGrain, IListener
{
    private readonly HashSet<IListener> listeners = [];
    private IListener? last;

    public Task Subscribe(IListener listener)
    {
        listeners.Add(listener);
        last = listener;
        return Task.CompletedTask;
    }

    public async Task<string> Tell(string news)
    {
        try
        {
            return await last!.Hear(news);
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    public Task TellOneWay(string news) => last!.Overhear(news);

    public Task<int> Count() => Task.FromResult(listeners.Count);

    public Task ListenTo(string speaker) => GrainFactory.GetGrain<ISpeakerGrain>(speaker).Subscribe(this.AsReference<IListener>());

    public Task<string> Hear(string news) => Task.FromResult($"{this.GetPrimaryKeyString()} heard {news}");

    public Task Overhear(string news)
    {
        Probe.Of(this.GetPrimaryKeyString()).Record(news);
        return Task.CompletedTask;
    }
}
