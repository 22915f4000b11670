namespace WhatsSound.Gateway.Application;

/// <summary>A yes with which nothing goes.</summary>
public sealed record Accepted
{
    private Accepted()
    {
    }

    /// <summary>The only one.</summary>
    public static Accepted Value { get; } = new();
}
