using WhatsSound.Embedded.Streams;

namespace Orleans.Streams;

public static class AsyncBatchObservableExtensions
{
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncBatchObservable<T> obs, Func<IList<SequentialItem<T>>, Task> onNextAsync)
        => obs.SubscribeAsync(new DelegateBatchObserver<T>(onNextAsync));
}
