namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.kept")]
public interface IKeptGrain : IGrainWithStringKey
{
    [Alias("StartTimer")]
    Task StartTimer(bool keepAlive);
}
