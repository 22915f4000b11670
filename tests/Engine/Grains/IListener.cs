namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.listener")]
public interface IListener : IGrainObserver
{
    [Alias("Hear"), ResponseTimeout("00:00:01")]
    Task<string> Hear(string news);

    [Alias("Overhear"), OneWay]
    Task Overhear(string news);
}
