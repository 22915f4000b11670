using Orleans.Streams;

namespace WhatsSound.Embedded.Streams;

internal sealed class DelegateBatchObserver<T>(Func<IList<SequentialItem<T>>, Task> onNext) : IAsyncBatchObserver<T>
{
    public Task OnNextAsync(IList<SequentialItem<T>> items) => onNext(items);
}
