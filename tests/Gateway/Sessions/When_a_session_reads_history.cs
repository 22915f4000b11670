using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

public sealed class When_a_session_reads_history : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly FakeChannel _channel;
    private readonly Session _session;
    private readonly List<HistoryRequest> _asked = [];

    public When_a_session_reads_history()
    {
        (_session, _) = _gateway.Connect();
        _channel = _gateway.Cluster.Channel("news");
        Answer(new HistoryPage { Position = new("e1", 3), Publications = [], IsComplete = true });
    }

    [Fact]
    public async Task Should_say_that_a_channel_of_an_older_version_cannot_be_read_yet()
    {
        Answer(new HistoryPage { Position = new("e1", 3), Publications = [Sample.At(1)] });

        var answer = await ReadAsync(new() { CountMax = 10, FromMs = 5 });

        Assert.Equal((RefusalCode.NotReady, true), (answer.Refusal?.Code, answer.Refusal?.Retryable));
    }

    [Fact]
    public async Task Should_end_where_the_session_is_attached_whatever_was_delivered_since()
    {
        _channel.Add(3);
        await AttachAsync(isDone: true);
        _channel.AddAndSend(2);

        await ReadAsync(new() { CountMax = 10 }, isUntilAttach: true);
        await ReadAsync(new() { CountMax = 10, Before = 3 }, isUntilAttach: true);
        await ReadAsync(new() { CountMax = 10, Before = 50 }, isUntilAttach: true);
        await ReadAsync(new() { CountMax = 10, Before = 50 });

        Assert.Equal([4L, 3, 4, 50], _asked.Select(request => request.Before));
    }

    [Fact]
    public async Task Should_go_by_where_a_request_has_attached_it_and_not_by_one_that_came_to_nothing()
    {
        _channel.Add(3);
        await AttachAsync(isDone: true);
        _channel.AddAndSend(2);
        await AttachAsync(isDone: false);
        await ReadAsync(new() { CountMax = 10 }, isUntilAttach: true);

        await AttachAsync(isDone: true);
        await ReadAsync(new() { CountMax = 10 }, isUntilAttach: true);

        Assert.Equal([4L, 6], _asked.Select(request => request.Before));
    }

    [Fact]
    public async Task Should_have_nothing_from_before_where_the_channel_numbers_anew()
    {
        _channel.Add(3);
        await AttachAsync(isDone: true);
        Answer(new HistoryPage { Position = new("e2", 9), Publications = [Sample.At(1)], Next = 1, IsComplete = true });

        var page = (await ReadAsync(new() { CountMax = 10 }, isUntilAttach: true)).Value!;

        Assert.Equal((new Position("e2", 9), 0, null, false), (page.Position, page.Publications.Length, page.Next, page.IsComplete));
    }

    [Fact]
    public async Task Should_leave_out_what_is_anothers_or_not_wanted_and_pay_for_it()
    {
        Publication[] kept =
        [
            Sample.At(1) with { Event = "wanted" },
            Sample.At(2) with { Event = "other", Data = new(new byte[1_000]) },
            Sample.At(3) with { Event = "wanted", Data = default, Own = new() { UserId = "bob", Data = new("\"bobs\""u8.ToArray()) } },
            Sample.At(4) with { Event = "wanted", Data = default, Own = new() { UserId = "ada", Data = new("\"adas\""u8.ToArray()) } },
        ];
        Answer(new HistoryPage { Position = new("e1", 4), Publications = [.. kept], Next = 1, IsComplete = true });

        var page = (await ReadAsync(new() { CountMax = 10 }, filter: new MessageFilter(["wanted"], []))).Value!;

        Assert.Equal([1L, 4], page.Publications.Select(publication => publication.Offset));
        Assert.Equal("\"adas\"", page.Publications[1].Data.ToString());
        Assert.All(page.Publications, publication => Assert.Null(publication.Own));
        Assert.InRange(_session.TakeBytesRead(), kept.Sum(publication => publication.ContentBytes), 2_000);
    }

    [Fact]
    public async Task Should_stop_reading_when_the_connection_is_gone()
    {
        var isStopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.History = async (_, cancellationToken) =>
        {
            try
            {
                return await new TaskCompletionSource<HistoryPage>().Task.WaitAsync(cancellationToken);
            }
            finally
            {
                isStopped.SetResult();
            }
        };
        var reading = ReadAsync(new() { CountMax = 10 });

        _session.Turns.End();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await isStopped.Task;
    }

    public void Dispose() => _gateway.Dispose();

    private void Answer(HistoryPage page) => _channel.History = (request, _) =>
    {
        _asked.Add(request);
        return Task.FromResult(page);
    };

    private Task<Answer<ChannelHistory>> ReadAsync(HistoryRequest request, bool isUntilAttach = false, MessageFilter? filter = null) =>
        _gateway.CallServices.History.ReadAsync(_session, "news", request, isUntilAttach, filter);

    private async Task AttachAsync(bool isDone)
    {
        var answer = await _gateway.Channels.AttachAsync(_session, "news", new AttachRequest(new RecoverRequest()));
        Assert.Null(answer.Refusal);
        _session.Answer(null, isDone);
    }
}
