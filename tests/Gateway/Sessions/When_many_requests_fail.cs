using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whoever finds a request that fails can send it as often as the limits allow: the log, behind its gate, stays readable, and counts them all.</summary>
public sealed class When_many_requests_fail : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WrittenLog _log;
    private readonly ILoggerFactory _loggers;
    private readonly CallFailures _failures;

    public When_many_requests_fail()
    {
        _log = new WrittenLog(_time);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _failures = new CallFailures(_loggers.CreateLogger<CallFailures>());
    }

    [Fact]
    public void Should_log_one_a_second_and_count_the_others()
    {
        for (var i = 0; i < 1_000; i++)
            Assert.Equal("INTERNAL", _failures.Translate(Thrown("a bug")).Code);
        Assert.Single(_log.Lines);

        _time.Advance(TimeSpan.FromSeconds(1));
        _failures.Translate(Thrown("a bug"));

        Assert.Contains("(and 999 like it)", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_log_each_kind()
    {
        for (var i = 0; i < 10; i++)
        {
            foreach (var exception in (Exception[])[Thrown("a bug"), ThrownElsewhere(), new TimeoutException(), new OrleansException(), new FormatException()])
                _failures.Translate(exception);
        }

        Assert.Equal(5, _log.Lines.Count);
        Assert.Equal(3, _log.Lines.Count(line => line.Contains(" fail ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_say_that_the_connection_closes_only_where_it_does()
    {
        Assert.Equal("The connection is closing.", _failures.Translate(new OperationCanceledException(), hasEnded: true).Message);
        Assert.DoesNotContain(_log.Lines, static line => line.Contains(" warn ", StringComparison.Ordinal));

        // An activation that was given up, for all that is known.
        var given = _failures.Translate(new TaskCanceledException());

        Assert.Equal(("NOT_READY", true), (given.Code, given.Retryable));
        Assert.NotEqual("The connection is closing.", given.Message);
        Assert.Single(_log.Lines, line => line.Contains(" warn ", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_say_to_try_again_where_a_silo_has_no_place_for_the_gateway()
    {
        var given = _failures.Translate(new WhatsSound.Streams.LanesFullException("This silo sends to 1 gateways, and takes no more."));

        Assert.Equal(("NOT_READY", true), (given.Code, given.Retryable));
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    /// <summary>Of the same type, and another bug.</summary>
    private static Exception ThrownElsewhere()
    {
        try
        {
            return Enumerable.Empty<Exception>().First();
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
