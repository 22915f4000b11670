namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Records what it gets from the stream with the probe of its key.</summary>
[Alias("engine.stream")]
public interface IStreamGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(string stream);

    [Alias("Unsubscribe")]
    Task Unsubscribe(string stream);

    [Alias("Publish")]
    Task Publish(string stream, string item);

    [Alias("PublishBatch")]
    Task PublishBatch(string stream, string[] items);
}
