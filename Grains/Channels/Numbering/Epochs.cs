namespace WhatsSound.Grains.Channels;

/// <summary>The form of epochs.</summary>
internal static class Epochs
{
    /// <summary>A new epoch: 20 characters, as it goes out with every frame.</summary>
    public static string New() => Guid.NewGuid().ToString("N")[..20];
}
