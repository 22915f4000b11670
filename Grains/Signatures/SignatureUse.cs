namespace WhatsSound.Grains.Signatures;

/// <summary>What becomes of a signature.</summary>
internal enum SignatureUse
{
    /// <summary>Nobody has used it before; now it is used.</summary>
    First,

    /// <summary>It was used before.</summary>
    Again,

    /// <summary>It is of a time of which nothing is remembered.</summary>
    Forgotten,

    /// <summary>No more are remembered.</summary>
    Full,
}
