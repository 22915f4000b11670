namespace WhatsSound.Embedded.Runtime;

/// <summary>What requests are sent to: an activation or an observer.</summary>
internal interface IRequestTarget
{
    /// <summary>The object whose methods run, or null when it is gone.</summary>
    object? Instance { get; }

    TurnScheduler Turns { get; }

    /// <summary>False when the target is gone and the request must go elsewhere.</summary>
    bool TryReceive(Request request);

    /// <summary>A request ended with this exception.</summary>
    void OnFault(Exception exception);
}
