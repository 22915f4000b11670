using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using WhatsSound.Gateway.Doors.SignalR;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>A reader behind the door's input sees whole records, however they come, so that it parses each once.</summary>
public sealed class When_a_record_comes_in_pieces
{
    private const char End = '\u001e';

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly HubInput _input;
    private long _bytesMax = 1_000;
    private bool _hasSession;
    private IHubFraming _framing = SeparatorFraming.Instance;

    public When_a_record_comes_in_pieces() => _input = new HubInput(new Duplex(_pipe.Reader, _pipe.Writer), () => _bytesMax, () => _hasSession ? _framing : null);

    [Fact]
    public async Task Should_wait_for_its_end()
    {
        var read = _input.ReadAsync().AsTask();
        foreach (var piece in (string[])["{", "\"type\"", ":6"])
        {
            await WriteAsync(piece);
            Assert.False(read.IsCompleted);
        }

        await WriteAsync($"}}{End}next");

        Assert.Equal($$"""{"type":6}{{End}}next""", Text((await read).Buffer));
    }

    [Fact]
    public async Task Should_keep_what_the_reader_leaves()
    {
        await WriteAsync($"one{End}tw");
        Take((await _input.ReadAsync()).Buffer, "one");
        var read = _input.ReadAsync().AsTask();
        await WriteAsync($"o{End}three{End}");

        // A reader that takes only one of two is given the other at once.
        Take((await read).Buffer, "two", examineAll: false);
        Take((await _input.ReadAsync()).Buffer, "three");
        await WriteAsync("fo");
        Assert.False(_input.TryRead(out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_fail_where_the_first_record_is_larger_than_is_read(bool isWhole)
    {
        await WriteAsync(new string('x', 1_001) + (isWhole ? End : 'x'));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await _input.ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_handed_on_where_it_is_larger_than_is_read(bool isWhole)
    {
        _hasSession = true;
        var read = _input.ReadAsync().AsTask();
        await WriteAsync(new string('x', 1_000));
        Assert.False(read.IsCompleted);

        await WriteAsync(isWhole ? $"x{End}" : "x");

        Assert.Equal(isWhole ? 1_002 : 1_001, (await read).Buffer.Length);
    }

    [Fact]
    public async Task Should_read_as_much_as_the_connection_may_send_by_now()
    {
        var read = _input.ReadAsync().AsTask();
        await WriteAsync(new string('x', 900));
        _bytesMax = 10_000;
        await WriteAsync(new string('x', 900) + End);

        Assert.Equal(1_801, (await read).Buffer.Length);
    }

    [Fact]
    public async Task Should_hand_on_the_end_of_the_connection()
    {
        await WriteAsync("half");
        await _pipe.Writer.CompleteAsync();

        var read = await _input.ReadAsync();

        Assert.True(read.IsCompleted);
        Assert.Equal("half", Text(read.Buffer));
    }

    [Fact]
    public async Task Should_be_as_long_as_it_says_once_the_session_is_binary()
    {
        await WriteAsync($"handshake{End}");
        Take((await _input.ReadAsync()).Buffer, "handshake");
        (_hasSession, _framing) = (true, LengthFraming.Instance);
        var read = _input.ReadAsync().AsTask();
        foreach (var piece in (string[])["\u0003", "a", $"{End}"])
        {
            await WriteAsync(piece);
            Assert.False(read.IsCompleted);
        }

        await WriteAsync("c");

        Assert.Equal($"\u0003a{End}c", Text((await read).Buffer));
    }

    [Fact]
    public async Task Should_be_handed_on_at_once_where_it_says_that_it_is_larger_than_is_read()
    {
        (_hasSession, _framing) = (true, LengthFraming.Instance);
        var read = _input.ReadAsync().AsTask();

        await _pipe.Writer.WriteAsync(new byte[] { 0xe9, 0x07 });

        Assert.Equal(2, (await read).Buffer.Length);
    }

    private async Task WriteAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    private void Take(ReadOnlySequence<byte> buffer, string record, bool examineAll = true)
    {
        var end = buffer.PositionOf((byte)End)!.Value;
        Assert.Equal(record, Text(buffer.Slice(0, end)));
        var consumed = buffer.GetPosition(1, end);
        _input.AdvanceTo(consumed, examineAll ? buffer.End : consumed);
    }

    private static string Text(ReadOnlySequence<byte> buffer) => Encoding.UTF8.GetString(buffer);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
