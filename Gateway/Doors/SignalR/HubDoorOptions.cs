using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The SignalR door; section <c>SignalR</c> of the configuration.</summary>
internal sealed class HubDoorOptions : IValidatableObject
{
    public const string Section = "SignalR";

    /// <summary>Where the door is.</summary>
    public const string Path = "/hub";

    /// <summary>The largest request that is carried out: a publication at its limit, or 20 songs with long addresses.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int RequestBytesMax { get; set; } = 64 * 1024;

    /// <summary>The largest message that is read, to be refused with a code; beyond, the connection closes.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int ReadBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>Nothing sent for this long, and the server pings. SignalR's clients wait twice that by default.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Nothing heard for this long, and the client is gone. Two of the pings that clients send by default.</summary>
    [WithinTime("00:00:00.001", "01:00:00")]
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A long poll is answered after this long, with nothing if nothing came: proxies end what is silent for 60 s by default, strict ones for 30. It is the only
    /// answer, so it must come well before.
    /// </summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest message that is read of somebody: little, before they have shown a token.</summary>
    internal int ReadBytesMaxOf(Session? session) => session?.Identity is null ? RequestBytesMax : ReadBytesMax;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReadBytesMax < RequestBytesMax)
            yield return new ValidationResult($"{Section}:{nameof(ReadBytesMax)} is {ReadBytesMax}; it must be at least {nameof(RequestBytesMax)}, {RequestBytesMax}.");
        if (ClientTimeout <= KeepAliveInterval)
            yield return new ValidationResult($"{Section}:{nameof(ClientTimeout)} is {ClientTimeout}; it must be above {nameof(KeepAliveInterval)}, {KeepAliveInterval}.");
    }
}

/// <summary>Generated from the bounds of <see cref="HubDoorOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class HubDoorOptionsValidator : IValidateOptions<HubDoorOptions>;
