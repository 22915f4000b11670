namespace Orleans.Runtime;

/// <summary>The life of a silo, in the stages of <see cref="ServiceLifecycleStage"/>.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    int HighestCompletedStage { get; }

    int LowestStoppedStage { get; }
}
