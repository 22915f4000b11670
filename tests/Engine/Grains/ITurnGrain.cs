namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.turn")]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Records "in name", waits until the test marks "go name", records "out name".</summary>
    [Alias("Hold")]
    Task Hold(string name);

    [Alias("HoldReading"), ReadOnly]
    Task HoldReading(string name);

    [Alias("HoldBriefly"), ResponseTimeout("00:00:00.3")]
    Task HoldBriefly(string name);

    [Alias("Record")]
    Task Record(string name);

    [Alias("RecordReading"), ReadOnly]
    Task RecordReading(string name);

    [Alias("RecordAlways"), AlwaysInterleave]
    Task RecordAlways(string name);

    [Alias("Tell"), OneWay]
    Task Tell(string name);

    [Alias("TellAndFail"), OneWay]
    Task TellAndFail();

    /// <summary>Adds one to a count, reading and writing it on different sides of several awaits of one turn.</summary>
    [Alias("Count")]
    ValueTask<int> Count();

    [Alias("Fail")]
    Task Fail(string message);

    /// <summary>Calls the other grain, which calls this one back.</summary>
    [Alias("CallInCircle"), ResponseTimeout("00:00:05")]
    Task CallInCircle(string other);

    /// <summary>Waits until its token is cancelled and records "cancelled".</summary>
    [Alias("WaitForCancellation")]
    Task WaitForCancellation(CancellationToken cancellationToken);
}
