using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Transport;

/// <summary>The WebSockets of all doors that have their own; section <c>Transport</c> of the configuration.</summary>
internal sealed class TransportOptions : IValidatableObject
{
    public const string Section = "Transport";

    /// <summary>The largest message that is read. A door may refuse smaller ones with a code of its protocol; beyond this one the connection closes.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int ReadBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>The same for a connection that is nobody's: a token, and a request beside it.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int StrangerReadBytesMax { get; set; } = 64 * 1024;

    /// <summary>How long one message may take to go out: a peer that takes none of 64 KiB for so long is gone.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two pings of the WebSocket protocol, which every client answers by itself.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a ping may stay unanswered: with the interval as long as the SignalR door waits.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReadBytesMax < StrangerReadBytesMax)
            yield return new ValidationResult($"{Section}:{nameof(ReadBytesMax)} is {ReadBytesMax}; it must be at least {nameof(StrangerReadBytesMax)}, {StrangerReadBytesMax}.");
    }
}

/// <summary>Generated from the bounds of <see cref="TransportOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TransportOptionsValidator : IValidateOptions<TransportOptions>;
