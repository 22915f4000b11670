using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Everything that the engine logs.</summary>
internal sealed partial class EmbeddedLog(ILogger<EmbeddedLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "{Silo} has started.")]
    public partial void SiloStarted(string silo);

    [LoggerMessage(2, LogLevel.Information, "{Silo} has stopped.")]
    public partial void SiloStopped(string silo);

    [LoggerMessage(3, LogLevel.Error, "{GrainId} could not be activated.")]
    public partial void ActivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(4, LogLevel.Error, "{GrainId} failed while it was being deactivated.")]
    public partial void DeactivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(5, LogLevel.Error, "A timer of {GrainId} failed.")]
    public partial void TimerFailed(Exception exception, GrainId grainId);

    [LoggerMessage(6, LogLevel.Warning, "{Method} of {Target} gave no response in {Timeout}.")]
    public partial void CallTimedOut(string method, GrainId target, TimeSpan timeout);

    [LoggerMessage(7, LogLevel.Warning, "The one-way call {Method} of {Target} failed.")]
    public partial void OneWayCallFailed(Exception exception, string method, GrainId target);

    [LoggerMessage(8, LogLevel.Error, "Reminder {Reminder} of {GrainId} failed.")]
    public partial void ReminderFailed(Exception exception, string reminder, GrainId grainId);

    [LoggerMessage(9, LogLevel.Error, "A subscriber of stream {Stream} failed.")]
    public partial void DeliveryFailed(Exception exception, StreamId stream);

    [LoggerMessage(10, LogLevel.Error, "{Operation} of state {State} of {GrainId} failed.")]
    public partial void StorageFailed(Exception exception, string operation, string state, GrainId grainId);
}
