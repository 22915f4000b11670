using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whoever finds a request that fails can send it as often as the limits allow: the log stays readable.</summary>
public sealed class When_many_requests_fail : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly CallFailures _failures;

    public When_many_requests_fail()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _failures = new CallFailures(_time, _loggers.CreateLogger<CallFailures>());
    }

    [Fact]
    public void Should_log_a_few_a_second_and_count_the_others()
    {
        for (var i = 0; i < 1_000; i++)
            Assert.Equal("INTERNAL", _failures.Translate(new InvalidOperationException("a bug")).Code);
        Assert.Equal(2, _log.Lines.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        _failures.Translate(new InvalidOperationException("a bug"));

        Assert.Contains("Left out since the last line of this kind: 998.", _log.Lines.Last().Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Should_log_each_kind()
    {
        for (var i = 0; i < 10; i++)
        {
            foreach (var exception in (Exception[])[new InvalidOperationException(), new TimeoutException(), new OrleansException(), new FormatException()])
                _failures.Translate(exception);
        }

        Assert.Equal(8, _log.Lines.Count);
        Assert.Equal(4, _log.Lines.Count(line => line.Level == LogLevel.Error));
    }
}
