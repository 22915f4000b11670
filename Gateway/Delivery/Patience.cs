namespace WhatsSound.Gateway.Delivery;

/// <summary>How long a gateway waits for what it asks of grains, and before it asks again.</summary>
internal static class Patience
{
    /// <summary>The next wait: twice as long, up to a bound; the first after none.</summary>
    public static TimeSpan Longer(TimeSpan wait, TimeSpan longest, DeliveryOptions options)
    {
        var longer = wait == TimeSpan.Zero ? options.RepairRetryAfter : wait * 2;
        return longer < longest ? longer : longest;
    }

    /// <summary>The call, or a TimeoutException after the time that a call may take.</summary>
    public static Task<T> InTimeAsync<T>(this Task<T> call, DeliveryOptions options, TimeProvider time) => call.WaitAsync(options.CallTimeout, time);

    /// <inheritdoc cref="InTimeAsync{T}"/>
    public static Task InTimeAsync(this Task call, DeliveryOptions options, TimeProvider time) => call.WaitAsync(options.CallTimeout, time);
}
