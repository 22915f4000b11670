namespace WhatsSound.Tests.Engine.Grains;

public sealed class CircleGrain : Grain, ICircleGrain
{
    public Task CallBack(string caller) => GrainFactory.GetGrain<ITurnGrain>(caller).Record("called back");
}
