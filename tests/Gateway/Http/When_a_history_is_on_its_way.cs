using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Identity;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_a_history_is_on_its_way : IDisposable
{
    private static readonly SessionIdentity Keeper = new() { UserId = "keeper", ExpiresAt = DateTimeOffset.MaxValue };

    private static readonly RoomPlay Play = new()
    {
        Number = 1,
        Song = new HistoryItem
        {
            EntryId = "e1", Track = new Track { Url = "https://songs.example/1.mp3", Title = "Song", DurationMs = 60_000 }, AddedBy = "keeper", StartedAtMs = 0, EndedAtMs = 60_000, EndReason = "ended",
        },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly ExportGate _gate;
    private readonly Lifetime _lifetime = new();
    private readonly SlowBody _body = new();
    private readonly DefaultHttpContext _http = new();

    public When_a_history_is_on_its_way()
    {
        _gate = new ExportGate(_time);
        _http.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        _http.Response.Body = _body;
    }

    public void Dispose()
    {
        _gate.Dispose();
        _body.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public async Task Should_be_the_only_one_of_its_user_until_it_is_sent()
    {
        var sending = SendAsync(static _ => Page(next: null));
        await _body.WrittenAsync();
        Assert.NotNull(_gate.Enter(Keeper, "elsewhere"));

        _body.Read();

        Assert.Null(await sending);
        Assert.False(_lifetime.IsAborted);
        Assert.Null(_gate.Enter(Keeper, "elsewhere"));
    }

    [Fact]
    public async Task Should_be_cut_off_when_the_client_does_not_read()
    {
        var sending = SendAsync(static _ => Page(next: null));
        await _body.WrittenAsync();

        _time.Advance(PlaysExport.SendTimeout);

        Assert.Null(await sending);
        Assert.True(_lifetime.IsAborted);
        Assert.Null(_gate.Enter(Keeper, "elsewhere"));
    }

    [Fact]
    public async Task Should_be_cut_off_in_the_end_when_the_client_reads_ever_so_slowly()
    {
        var sending = SendAsync(static request => Page(next: (request.Before ?? 1_000) - 1));
        var step = PlaysExport.SendTimeout - TimeSpan.FromSeconds(5);
        for (var spent = TimeSpan.Zero; spent + step < PlaysExport.ExportTimeout; spent += step)
        {
            await _body.WrittenAsync();
            _time.Advance(step);
            Assert.False(_lifetime.IsAborted);
            _body.Read();
        }

        await _body.WrittenAsync();
        _time.Advance(step);

        Assert.Null(await sending);
        Assert.True(_lifetime.IsAborted);
    }

    [Fact]
    public async Task Should_wait_for_a_page_that_cannot_be_had_at_once_when_a_part_is_out()
    {
        var asked = 0;
        var first = new TaskCompletionSource<Answer<RoomPlaysPage>>();
        var sending = SendAsync(request => request.Before is null ? Page(next: 1) : ++asked switch
        {
            1 => first.Task,
            < 4 => Task.FromResult<Answer<RoomPlaysPage>>(Refusals.Retry(RefusalCode.NotReady, "Not now.", TimeSpan.FromSeconds(1))),
            _ => Page(next: null),
        });
        await _body.WrittenAsync();
        _body.Read();
        await Eventually.BecomesTrueAsync(() => asked == 1);
        _time.Advance(TimeSpan.FromMinutes(5));
        first.SetException(new TimeoutException("The test has the room not answer."));

        await Eventually.BecomesTrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return asked == 4;
        });
        await _body.WrittenAsync();
        _body.Read();

        Assert.Null(await sending);
        Assert.False(_lifetime.IsAborted);
        using var plays = JsonDocument.Parse(_body.Text);
        Assert.Equal(2, plays.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Should_break_off_when_the_rest_is_refused()
    {
        var sending = SendAsync(static request => request.Before is null ? Page(next: 1) : Task.FromResult<Answer<RoomPlaysPage>>(Refusals.Final(RefusalCode.Forbidden, "No more.")));
        await _body.WrittenAsync();
        _body.Read();

        Assert.Null(await sending);
        Assert.True(_lifetime.IsAborted);
    }

    [Fact]
    public async Task Should_say_so_when_there_is_not_even_a_first_page_in_time()
    {
        var never = new TaskCompletionSource<Answer<RoomPlaysPage>>();
        var sending = SendAsync(_ => never.Task);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RefusalCode.NotReady, (await sending)?.Code);
        Assert.False(_lifetime.IsAborted);
        Assert.Null(_gate.Enter(Keeper, "elsewhere"));
    }

    private Task<Refusal?> SendAsync(Func<RoomPlaysRequest, Task<Answer<RoomPlaysPage>>> read) => new PlaysExport(_http, _gate, _time, read).SendAsync(Keeper, "room", isCsv: false);

    private static Task<Answer<RoomPlaysPage>> Page(long? next) => Task.FromResult<Answer<RoomPlaysPage>>(new RoomPlaysPage { Plays = [Play], Next = next });

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public Lifetime() => RequestAborted = _aborted.Token;

        public bool IsAborted => _aborted.IsCancellationRequested;

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }

    /// <summary>What is written has gone out when the test has read it.</summary>
    private sealed class SlowBody : MemoryStream
    {
        private readonly StringBuilder _text = new();
        private readonly SemaphoreSlim _written = new(0);
        private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text => _text.ToString();

        public Task WrittenAsync() => _written.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        public void Read() => Interlocked.Exchange(ref _read, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _text.Append(Encoding.UTF8.GetString(buffer.Span));
            var read = _read.Task;
            _written.Release();
            return new(read);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override void Dispose(bool disposing)
        {
            _written.Dispose();
            base.Dispose(disposing);
        }
    }
}
