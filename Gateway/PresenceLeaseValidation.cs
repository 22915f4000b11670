using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Doors.SignalR;

namespace WhatsSound.Gateway;

/// <summary>
/// The rule between how long clients wait for a gateway and how long its connections count: who finds out that the gateway hangs, and comes back on another one, does so
/// before the lease ends. Otherwise all of them are told as left and as joined again. Checked at start, for every channel rule with presence.
/// </summary>
internal sealed class PresenceLeaseValidation(IOptions<HubDoorOptions> door, IOptions<DeliveryOptions> delivery) : IValidateOptions<ChannelOptions>
{
    /// <summary>
    /// What coming back may take: a SignalR client that meets the gateway again gives it up after the 15 s that it gives a handshake, its next try is 2 s later, and takes
    /// a moment. That the try meets another gateway is the load balancer's part.
    /// </summary>
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(20);

    public ValidateOptionsResult Validate(string? name, ChannelOptions options)
    {
        try
        {
            // Of two rules with the same pattern the later one counts.
            var failures = options.Rules.Reverse().DistinctBy(static rule => rule.Pattern, StringComparer.Ordinal)
                .Select(rule => FailureOf(rule, door.Value.ServerSilenceMax, delivery.Value.RenewInterval)).OfType<string>().ToList();
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
        catch (OptionsValidationException)
        {
            // What is wrong with those is said by their own check.
            return ValidateOptionsResult.Skip;
        }
    }

    private static string? FailureOf(ChannelRule rule, TimeSpan silenceMax, TimeSpan renewInterval)
    {
        var least = silenceMax + Reconnect + renewInterval;
        return !rule.Presence || rule.PresenceLease >= least
            ? null
            : $"Channels:Rules '{rule.Pattern}': PresenceLease is {rule.PresenceLease}; it must be at least {least}, or a gateway that hangs makes everybody leave and join: "
                + $"clients miss it after {silenceMax} (twice {HubDoorOptions.Section}:{nameof(HubDoorOptions.KeepAliveInterval)}), come back within {Reconnect}, "
                + $"and were renewed up to {renewInterval} before ({DeliveryOptions.Section}:{nameof(DeliveryOptions.RenewInterval)}).";
    }
}
