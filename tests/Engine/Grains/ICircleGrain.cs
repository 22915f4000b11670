namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.circle")]
public interface ICircleGrain : IGrainWithStringKey
{
    [Alias("CallBack"), ResponseTimeout("00:00:00.5")]
    Task CallBack(string caller);
}
