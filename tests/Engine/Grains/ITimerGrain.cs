namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Its timer records "tick n" with the probe of its key.</summary>
[Alias("engine.timer")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan due, TimeSpan period, bool interleave);

    /// <summary>As Start, but each tick waits until the test marks "go n".</summary>
    [Alias("StartHolding")]
    Task StartHolding(TimeSpan due, TimeSpan period, bool interleave);

    [Alias("StartFailing")]
    Task StartFailing(TimeSpan due, TimeSpan period);

    [Alias("Change")]
    Task Change(TimeSpan due, TimeSpan period);

    [Alias("Stop")]
    Task Stop();

    [Alias("Hold")]
    Task Hold();

    [Alias("Leave")]
    Task Leave();

    [Alias("Ticks")]
    Task<int> Ticks();
}
