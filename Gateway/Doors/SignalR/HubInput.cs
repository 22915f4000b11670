using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>
/// What a connection sends, handed to SignalR in whole records. SignalR searches and parses all that it has with every byte that comes: a client that sends a
/// large record byte by byte costs it the square. Here each byte is looked at once. A record that is too large ends the connection, on every transport: it is
/// handed on as far as it came, for <see cref="RefusingHubProtocol"/> to say goodbye, or, before there is a session, fails the handshake.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="recordBytesMax">The largest record that is read by now.</param>
/// <param name="sessionFraming">How the session's protocol ends its records; null: there is no session, and what comes is the handshake.</param>
internal sealed class HubInput(IDuplexPipe inner, Func<long> recordBytesMax, Func<IHubFraming?> sessionFraming) : PipeReader, IDuplexPipe
{
    /// <summary>What the reader has got and not given back yet.</summary>
    private ReadOnlySequence<byte> _buffer;

    /// <summary>That many bytes, from the first that was not consumed, are in no whole record.</summary>
    private long _searched;

    PipeReader IDuplexPipe.Input => this;

    PipeWriter IDuplexPipe.Output => inner.Output;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await inner.Input.ReadAsync(cancellationToken);
            if (IsForReader(result))
                return result;
            inner.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.Input.TryRead(out result))
            return false;
        if (IsForReader(result))
            return true;
        inner.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // What was examined and not consumed is the beginning of a record.
        _searched = _buffer.Slice(consumed, examined).Length;
        _buffer = default;
        inner.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    /// <summary>Whether there is a whole record, or one that is too large, or nothing to wait for.</summary>
    private bool IsForReader(in ReadResult result)
    {
        _buffer = result.Buffer;
        var framing = sessionFraming();
        var record = (framing ?? SeparatorFraming.Instance).Find(_buffer, _searched);
        if (record.Length > recordBytesMax())
            return framing is not null ? true : throw new InvalidDataException("The message is larger than is read.");
        if (record.End is null)
            _searched = _buffer.Length;
        return record.End is not null || result.IsCompleted || result.IsCanceled;
    }
}
