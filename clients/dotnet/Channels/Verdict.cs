namespace WhatsSound.Client;

/// <summary>What a subscriber got of what it missed.</summary>
public enum Verdict
{
    /// <summary>Nothing was asked for: from here on.</summary>
    Live,

    /// <summary>All of the gap was delivered.</summary>
    Recovered,

    /// <summary>It, or a part of it, is gone.</summary>
    Lost,
}
