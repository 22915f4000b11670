namespace Orleans.Runtime;

/// <summary>Keys under which a clock can be registered for one area of the engine; without one the area uses the usual clock.</summary>
public static class TimeProviderNames
{
    public const string Grains = "Orleans.Grains";
    public const string Messaging = "Orleans.Messaging";
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
