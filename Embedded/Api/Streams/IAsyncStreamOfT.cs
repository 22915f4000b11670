namespace Orleans.Streams;

/// <summary>A stream: whoever has it can publish to it and subscribe to it.</summary>
public interface IAsyncStream<T> :
    IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchObservable<T>, IAsyncBatchProducer<T>
{
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
