namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Records "activated" and "deactivated reason" with the probe of its key.</summary>
[Alias("engine.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Which activation of this grain it is: 1, 2, ...</summary>
    [Alias("Incarnation")]
    Task<int> Incarnation();

    [Alias("Leave")]
    Task Leave();

    /// <summary>Asks to be deactivated, then goes on until the test marks "go".</summary>
    [Alias("LeaveAndHold")]
    Task<int> LeaveAndHold();

    [Alias("Delay")]
    Task Delay(TimeSpan time);

    [Alias("Hold")]
    Task Hold();

    [Alias("Identity")]
    Task<string> Identity();

    [Alias("Self")]
    Task<ILifeGrain> Self();
}
