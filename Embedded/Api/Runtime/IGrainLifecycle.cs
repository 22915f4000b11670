namespace Orleans.Runtime;

/// <summary>The life of one activation.</summary>
public interface IGrainLifecycle : ILifecycleObservable;
