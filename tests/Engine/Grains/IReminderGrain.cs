namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Records "name tick n" with the probe of its key.</summary>
[Alias("engine.reminder")]
public interface IReminderGrain : IGrainWithStringKey
{
    [Alias("Register")]
    Task Register(string name, TimeSpan due, TimeSpan period);

    [Alias("Unregister")]
    Task Unregister(string name);

    [Alias("Names")]
    Task<string[]> Names();

    [Alias("Leave")]
    Task Leave();
}
