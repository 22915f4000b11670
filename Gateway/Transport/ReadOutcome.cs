namespace WhatsSound.Gateway.Transport;

/// <summary>What came of reading.</summary>
internal enum ReadOutcome
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The peer has ended its half of the connection.</summary>
    End,

    /// <summary>More than is read.</summary>
    TooLarge,
}
