namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.state")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("Read")]
    Task<Seen> Read();

    [Alias("Write")]
    Task<Seen> Write(string text);

    /// <summary>Changes the text without writing it.</summary>
    [Alias("Change")]
    Task Change(string text);

    [Alias("Refresh")]
    Task<Seen> Refresh();

    [Alias("Clear")]
    Task<Seen> Clear();

    /// <summary>Writes, and answers with the name of the exception if that fails.</summary>
    [Alias("TryWrite")]
    Task<string> TryWrite(string text);
}
