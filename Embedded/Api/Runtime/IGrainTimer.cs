namespace Orleans.Runtime;

/// <summary>A timer of one activation; disposing it ends it.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}
