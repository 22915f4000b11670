namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.context")]
public interface IContextGrain : IGrainWithStringKey
{
    /// <summary>The value of "trace" as another grain sees it.</summary>
    [Alias("ReadThrough")]
    Task<string?> ReadThrough(string other);

    [Alias("Read")]
    Task<string?> Read();

    [Alias("Set")]
    Task Set(string name, string value);
}
