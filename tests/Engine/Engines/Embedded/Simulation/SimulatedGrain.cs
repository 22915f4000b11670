namespace WhatsSound.Tests.Engine.Simulation;

internal interface ISimulatedGrain : IGrainWithStringKey
{
    [OneWay]
    Task Tell();

    Task<int> Add(int number);

    Task<int> AddSlowly(TimeSpan time);

    Task<int> Count();
}

internal sealed class SimulatedGrain(TimeProvider time) : Grain, ISimulatedGrain
{
    private int count;

    public Task Tell() => Add(1);

    public Task<int> Add(int number) => Task.FromResult(count += number);

    public async Task<int> AddSlowly(TimeSpan span)
    {
        await Task.Delay(span, time);
        return ++count;
    }

    public Task<int> Count() => Task.FromResult(count);
}
