using Orleans.Streams;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Streams;

internal sealed class IgnoringObserver : IAsyncObserver<ChannelFrame>
{
    public Task OnNextAsync(ChannelFrame item, StreamSequenceToken? token = null) => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
