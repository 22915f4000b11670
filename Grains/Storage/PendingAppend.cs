using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>A publication on its way into the log. Its task ends when the database has it, or has refused it.</summary>
internal sealed class PendingAppend(string channel, string epoch, Publication publication, Retention retention)
{
    // Continuations must not run on the writer's turn: one slow caller would hold up all channels.
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Channel => channel;

    public string Epoch => epoch;

    public Publication Publication => publication;

    public long KeepUntilMs { get; } = retention.KeepUntil.ToUnixTimeMilliseconds();

    public bool OnlyLastPerKey => retention.OnlyLastPerKey;

    public Task Completion => completion.Task;

    /// <summary>The kind of data as it is stored: nothing for JSON, which nearly all of it is.</summary>
    public static int? NumberOf(PayloadKind kind) => kind == PayloadKind.Json ? null : (int)kind;

    /// <summary>Set by the writer of a group, before its transaction ends.</summary>
    public bool IsConflict { get; set; }

    public void Finish()
    {
        if (IsConflict)
            completion.TrySetException(new MessageLogConflictException(channel, epoch, publication.Offset));
        else
            completion.TrySetResult();
    }

    public void Fail(Exception exception) => completion.TrySetException(exception);
}
