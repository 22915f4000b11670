namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>Crowds are small, unless <c>WHATSSOUND_CROWD=full</c> asks for as many as a small deployment has, for as long as a lease.</summary>
internal static class CrowdSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("WHATSSOUND_CROWD") == "full";

    public static int Of(int small, int full) => IsFull ? full : small;
}
