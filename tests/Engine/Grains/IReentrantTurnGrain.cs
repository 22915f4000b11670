namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.reentrant-turn")]
public interface IReentrantTurnGrain : IGrainWithStringKey
{
    [Alias("Hold")]
    Task Hold(string name);

    [Alias("Record")]
    Task Record(string name);
}
