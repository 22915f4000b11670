namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Another class of grain with a state of the same name: with the same key, it is the same row.</summary>
[Alias("engine.other-state")]
public interface IOtherStateGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task<Seen> Write(string text);

    [Alias("Read")]
    Task<Seen> Read();
}
