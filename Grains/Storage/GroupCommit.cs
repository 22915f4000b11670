using System.Threading.Channels;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// One queue in front of the database: while a transaction runs, the appends of all channels (or rooms) gather, and the next transaction takes them together.
/// So a lone append waits for nobody, and a thousand at once cost a few transactions. The queue is bounded; at the bound, callers wait.
/// </summary>
internal sealed class GroupCommit<TWrite> : IAsyncDisposable
    where TWrite : PendingWrite
{
    /// <summary>A group that has as many rows is not added to: one transaction is to be done well within the time that its callers wait.</summary>
    private const int RowsMax = 2_048;

    private readonly Channel<TWrite> queue;
    private readonly IGroupWriter<TWrite> writer;
    private readonly int groupMax;
    private readonly Task loop;

    public GroupCommit(IGroupWriter<TWrite> writer, int queueMax, int groupMax)
    {
        this.writer = writer;
        this.groupMax = groupMax;
        queue = Channel.CreateBounded<TWrite>(new BoundedChannelOptions(queueMax) { SingleReader = true });
        loop = WriteGroupsAsync();
    }

    /// <summary>Ends when the append is durable. Cancelled while it waits for a place, it is not written; cancelled later, the outcome is unknown.</summary>
    public async Task AppendAsync(TWrite append, CancellationToken cancellationToken)
    {
        await queue.Writer.WriteAsync(append, cancellationToken);
        await append.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more, writes what is queued, and closes the writer.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await writer.DisposeAsync();
    }

    private async Task WriteGroupsAsync()
    {
        // Leaves the caller's context: this loop belongs to no grain and no request.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var group = new List<TWrite>(groupMax);
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var rows = 0;
            while (group.Count < groupMax && rows < RowsMax && queue.Reader.TryRead(out var append))
            {
                group.Add(append);
                rows += append.RowsCount;
            }

            await WriteGroupAsync(group).ConfigureAwait(false);
            group.Clear();
        }
    }

    private async Task WriteGroupAsync(List<TWrite> group)
    {
        try
        {
            await writer.WriteAsync(group).ConfigureAwait(false);
        }
        catch (Exception exception) // Whatever it is, it belongs to the callers; the loop must go on for the next group.
        {
            foreach (var append in group)
                append.Fail(exception);
            return;
        }

        foreach (var append in group)
            append.Finish();
    }
}
