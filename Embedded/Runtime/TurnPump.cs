namespace WhatsSound.Embedded.Runtime;

/// <summary>Gives a scheduler that has turns to run a thread to run them on.</summary>
internal abstract class TurnPump
{
    public abstract void Schedule(TurnScheduler scheduler);
}
