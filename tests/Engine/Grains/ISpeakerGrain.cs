namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.speaker")]
public interface ISpeakerGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(IListener listener);

    /// <summary>Tells the last that subscribed, and answers with its answer or the name of the exception.</summary>
    [Alias("Tell")]
    Task<string> Tell(string news);

    [Alias("TellOneWay")]
    Task TellOneWay(string news);

    /// <summary>How many different listeners have subscribed.</summary>
    [Alias("Count")]
    Task<int> Count();

    /// <summary>Listens to another speaker as a grain.</summary>
    [Alias("ListenTo")]
    Task ListenTo(string speaker);
}
