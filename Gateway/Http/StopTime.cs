namespace WhatsSound.Gateway.Http;

/// <summary>How long a host has to stop, the same with and without a silo.</summary>
public static class StopTime
{
    /// <summary>With the 5 s of <see cref="Sessions.DrainOptions.Timeout"/>, which come before, below the 30 s that orchestrators give before they kill.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    /// <summary>Sets the host's shutdown timeout.</summary>
    public static IServiceCollection AddStopTime(this IServiceCollection services) =>
        services.Configure<HostOptions>(static options => options.ShutdownTimeout = Max);
}
