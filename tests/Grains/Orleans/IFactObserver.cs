namespace WhatsSound.Tests.Grains.Orleans;

[Alias("ws.test.IFactObserver"), GrainInterfaceType("ws.test.IFactObserver")]
public interface IFactObserver : IGrainObserver
{
    [Alias("Answer"), ResponseTimeout("00:00:00.3")]
    Task AnswerAsync();
}
