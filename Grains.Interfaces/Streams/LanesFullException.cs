namespace WhatsSound.Streams;

/// <summary>A silo sends to as many gateways as it takes: this one gets nothing of the silo's channels for now. What needed that may be asked for again later.</summary>
[GenerateSerializer, Alias("ws.LanesFullException")]
public sealed class LanesFullException : OrleansException
{
    /// <summary>Without words.</summary>
    public LanesFullException()
    {
    }

    /// <summary>With what the silo says.</summary>
    public LanesFullException(string message)
        : base(message)
    {
    }

    /// <summary>With what the silo says, and why.</summary>
    public LanesFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
