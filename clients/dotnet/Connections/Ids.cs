namespace WhatsSound.Client;

/// <summary>Ids of commands and publications.</summary>
internal static class Ids
{
    public static string New() => Guid.NewGuid().ToString("N");
}
