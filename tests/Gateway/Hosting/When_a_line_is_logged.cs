using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Hosting.Logs;

namespace WhatsSound.Tests.Gateway.Hosting;

public sealed class When_a_line_is_logged
{
    private readonly FakeTimeProvider _time = new();
    private readonly StartLog _start = new();
    private readonly LogGate _gate;

    public When_a_line_is_logged()
    {
        _gate = new LogGate(_start, new RepeatedFaults(_time), _time);
        _start.End();
    }

    [Fact]
    public void Should_be_dated_in_utc_on_one_line()
    {
        var line = Text(LogLevel.Information, "Category", "first\nsecond");

        Assert.Equal($"{_time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} info Category: first second\n", line);
    }

    [Fact]
    public void Should_say_what_a_dependency_did_without_a_stack_trace()
    {
        var line = Text(LogLevel.Error, "Category", "It failed.", Thrown(new IOException("No answer", new SocketException((int)SocketError.ConnectionRefused))));

        Assert.EndsWith(" fail Category: It failed. — IOException: No answer; caused by SocketException: Connection refused\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_where_a_bug_is()
    {
        var line = Text(LogLevel.Error, "Category", "It failed.", Thrown(new InvalidOperationException("Never")));

        Assert.Contains(" — InvalidOperationException: Never\n    at WhatsSound.Tests.Gateway.Hosting.When_a_line_is_logged.Thrown", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_be_bounded_whatever_it_says() =>
        Assert.InRange(Text(LogLevel.Warning, "Category", new string('x', 20_000), Thrown(new IOException(new string('y', 20_000)))).Length, 1, 4_000);

    [Theory]
    [InlineData("GET /hub?access_token=secret&id=1", "GET /hub?access_token=***&id=1")]
    [InlineData("Host=db;Password=secret;Database=x", "Host=db;Password=***;Database=x")]
    [InlineData("""{"token":"secret"}""", """{"token":"***"}""")]
    [InlineData("got eyJhbGciOi.eyJzdWIiOi.c2VjcmV0 here", "got *** here")]
    public void Should_tell_no_secrets(string message, string shown) =>
        Assert.EndsWith($": {shown}\n", Text(LogLevel.Debug, "Category", message), StringComparison.Ordinal);

    [Fact]
    public void Should_tell_one_fault_of_the_database_once_however_it_is_wrapped()
    {
        Exception raw = new Npgsql.NpgsqlException("No answer");
        var lines = new[] { raw, new StorageUnavailableException("The database failed."), new InvalidOperationException("Lifecycle", raw) }
            .Select(fault => Text(LogLevel.Error, "Category", "It failed.", fault))
            .Where(line => line.Length > 0);

        Assert.Single(lines);
    }

    [Fact]
    public void Should_tell_one_fault_of_a_dependency_once_a_second_and_how_often()
    {
        var written = Enumerable.Range(0, 900)
            .Select(number => Text(LogLevel.Error, $"Category{number % 5}", "It failed.", new SocketException((int)SocketError.ConnectionRefused)))
            .Count(line => line.Length > 0);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, written);
        Assert.EndsWith(" (and 899 like it)\n", Text(LogLevel.Warning, "Other", "It failed.", new SocketException((int)SocketError.ConnectionRefused)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_two_bugs_of_one_second()
    {
        Assert.NotEmpty(Text(LogLevel.Error, "One", "It failed.", new InvalidOperationException("Never")));
        Assert.NotEmpty(Text(LogLevel.Error, "Other", "It failed.", new InvalidOperationException("Never")));
    }

    [Fact]
    public void Should_be_an_object_where_json_is_asked_for()
    {
        using var json = JsonDocument.Parse(Write(new JsonLogFormatter(_gate), LogLevel.Error, "Category", "It failed.", Thrown(new InvalidOperationException("Never"))));

        Assert.Equal(["time", "level", "category", "event", "message", "exception", "stack"], json.RootElement.EnumerateObject().Select(one => one.Name));
        Assert.Equal("Error", json.RootElement.GetProperty("level").GetString());
        Assert.Equal("InvalidOperationException: Never", json.RootElement.GetProperty("exception").GetString());
    }

    [Theory]
    [InlineData("RoomCreated", "\"RoomCreated\"")]
    [InlineData(null, "\"1234\"")]
    public void Should_have_the_name_of_the_event_and_not_its_hash(string? name, string written)
    {
        using var line = new StringWriter();
        new JsonLogFormatter(_gate).Write(
            new LogEntry<string>(LogLevel.Information, "Category", new EventId(1234, name), "It happened.", exception: null, static (state, _) => state), scopeProvider: null, line);

        using var json = JsonDocument.Parse(line.ToString());
        Assert.Equal(written, json.RootElement.GetProperty("event").GetRawText());
    }

    [Fact]
    public void Should_wait_for_the_end_of_the_start_when_something_goes_wrong_in_it()
    {
        var start = new StartLog();
        var formatter = new TextLogFormatter(new LogGate(start, new RepeatedFaults(_time), _time));

        Assert.Equal("", Write(formatter, LogLevel.Error, "Host", "It failed."));
        Assert.Equal("", Write(formatter, LogLevel.Warning, "Orleans.Runtime.Watchdog", "It has not completed for the uptime of the machine."));
        Assert.NotEqual("", Write(formatter, LogLevel.Information, "Host", "It waits."));
        Assert.Contains("Host: It failed.", Assert.Single(start.End()), StringComparison.Ordinal);
        Assert.NotEqual("", Write(formatter, LogLevel.Error, "Web", "It failed."));
    }

    private string Text(LogLevel level, string category, string message, Exception? exception = null) =>
        Write(new TextLogFormatter(_gate), level, category, message, exception);

    private static string Write(ConsoleFormatter formatter, LogLevel level, string category, string message, Exception? exception = null)
    {
        using var written = new StringWriter();
        formatter.Write(new LogEntry<string>(level, category, new EventId(1), message, exception, static (state, _) => state), scopeProvider: null, written);
        return written.ToString();
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }
}
