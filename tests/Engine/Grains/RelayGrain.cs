namespace WhatsSound.Tests.Engine.Grains;

public sealed class RelayGrain : Grain, IRelayGrain
{
    public Task Wake() => Task.CompletedTask;

    public async Task<string> Hold(string other, string name)
    {
        try
        {
            await GrainFactory.GetGrain<ITurnGrain>(other).Hold(name);
            return "held";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
