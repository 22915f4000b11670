namespace WhatsSound.Channels;

/// <summary>Bounds of what is published and read back that gateways and channels both hold to.</summary>
public static class PublicationLimits
{
    /// <summary>The most characters of an id, an event and a key.</summary>
    public const int NameCharsMax = 64;

    /// <summary>The most bytes of the headers.</summary>
    public const int HeadersBytesMax = 2 * 1024;

    /// <summary>The most bytes of the extras.</summary>
    public const int ExtrasBytesMax = 4 * 1024;

    /// <summary>The most publications that a rewind answers.</summary>
    public const int RewindCountMax = 100;

    /// <summary>How far a rewind goes back at most, in milliseconds.</summary>
    public const long RewindMsMax = 120_000;

    /// <summary>The most publications in a page of the history.</summary>
    public const int HistoryCountMax = 1_000;

    /// <summary>The most bytes of content in such a page that a client asks for, unless its only publication has more: as much as a recovery has unless configured.</summary>
    public const int HistoryBytesMax = 1024 * 1024;
}
