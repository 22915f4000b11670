using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Gives out streams; registered as a keyed service under its name.</summary>
public interface IStreamProvider
{
    string Name { get; }

    bool IsRewindable { get; }

    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
