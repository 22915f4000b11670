using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>A position on its way to rest. Its task ends when the database has it, or has failed.</summary>
internal sealed class PendingRest(string channel, Position head, long keepUntilMs, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Channel => channel;

    public object Parameters { get; } = new { channel, epoch = head.Epoch, offset = head.Offset, keepUntilMs };

    /// <summary>Nobody waits for it any more, and so it is not written.</summary>
    public bool IsGivenUp => cancellationToken.IsCancellationRequested;

    public Task Completion => _completion.Task;

    public void Finish() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
