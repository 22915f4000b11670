namespace WhatsSound.Tests.Engine.Grains;

public sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string?> ReadThrough(string other) => GrainFactory.GetGrain<IContextGrain>(other).Read();

    public Task<string?> Read() => Task.FromResult(RequestContext.Get("trace") as string);

    public Task Set(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }
}
