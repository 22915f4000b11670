namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.relay")]
public interface IRelayGrain : IGrainWithStringKey
{
    [Alias("Wake")]
    Task Wake();

    /// <summary>Calls Hold of the other grain and answers with the name of the exception, or "held".</summary>
    [Alias("Hold")]
    Task<string> Hold(string other, string name);
}
