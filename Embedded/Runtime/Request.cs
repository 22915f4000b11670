using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Something that runs as a turn of an activation or an observer: a call, a timer tick, a delivery.</summary>
internal abstract class Request
{
    public abstract GrainId Target { get; }

    public abstract bool IsReadOnly { get; }

    public abstract bool AlwaysInterleaves { get; }

    /// <summary>It counts as activity: it puts off deactivation for being idle.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>It belongs to one activation and is dropped with it, instead of going to the next one.</summary>
    public virtual bool IsLocal => false;

    /// <summary>Nobody waits for it any more, so it need not start.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>Where it runs, once it has been delivered.</summary>
    public TurnScheduler? RunsOn { get; set; }

    /// <summary>How often it has been sent on to another activation.</summary>
    public int Forwards { get; set; }

    /// <summary>Runs to its end; what it throws is given to <see cref="Fail"/>, never to the caller of this method.</summary>
    public abstract Task RunAsync(IRequestTarget target);

    public abstract void Fail(Exception exception);
}
