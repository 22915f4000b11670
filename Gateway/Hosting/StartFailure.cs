using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Hosting;

/// <summary>Why a program could not start, as one sentence; where the reason is not an operator's business, none.</summary>
internal static class StartFailure
{
    public static string? SentenceOf(Exception exception)
    {
        var chain = ChainOf(exception).ToList();
        return chain.Select(SentenceOfOne).FirstOrDefault(static sentence => sentence is not null);
    }

    /// <summary>Outermost first: who wraps an exception may have said more of it.</summary>
    private static IEnumerable<Exception> ChainOf(Exception? exception)
    {
        for (; exception is not null; exception = exception is AggregateException { InnerExceptions.Count: > 0 } many ? many.InnerExceptions[0] : exception.InnerException)
            yield return exception;
    }

    private static string? SentenceOfOne(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        HostStartException start => start.Message,
        IOException { InnerException: AddressInUseException } taken => $"{taken.Message.TrimEnd('.')}. Another program has it; --Urls=http://127.0.0.1:5081 takes another.",
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            "A port that this process should listen on is in use by another program: see --Urls, --Cluster:SiloPort and --Cluster:GatewayPort.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "An address that this process should listen on is not one of this machine: see --Urls and --Cluster:AdvertisedAddress.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "This user may not listen on a port that this process should listen on; below 1024 that takes a privilege: see --Urls.",
        InvalidDataException { InnerException: { } inner } unread => $"{unread.Message.TrimEnd('.')}: {(inner.InnerException as JsonException ?? inner).Message}",
        FormatException format when format.StackTrace?.Contains("BindingAddress", StringComparison.Ordinal) is true => $"Urls: {format.Message}",
        ArgumentOutOfRangeException { ParamName: "port" } => "Urls: a port must be 0 to 65,535.",
        HttpListenerException listener => $"Telemetry:PrometheusHost and Telemetry:PrometheusPort cannot be listened on: {listener.Message}.",
        InvalidOperationException level when level.StackTrace?.Contains("LoggerFilter", StringComparison.Ordinal) is true => $"Logging:LogLevel: {level.Message}",
        IOException or UnauthorizedAccessException => exception.Message,
        InvalidOperationException https when https.StackTrace?.Contains("Kestrel", StringComparison.Ordinal) is true => https.Message.Split('\n')[0].Trim(),
        _ => null,
    };
}
