using WhatsSound.Gateway.Messages;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>The answer to a request of a tab, among its frames.</summary>
internal sealed class AnswerMessage(Action take) : OutgoingMessage
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override int BytesEstimate => 1_024;

    public Task Taken => _taken.Task;

    public void Take()
    {
        take();
        _taken.SetResult();
    }
}
