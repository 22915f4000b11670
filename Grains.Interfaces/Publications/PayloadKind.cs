namespace WhatsSound.Publications;

/// <summary>What the bytes of a payload are.</summary>
[GenerateSerializer, Alias("ws.PayloadKind")]
public enum PayloadKind
{
    /// <summary>A JSON value in UTF-8.</summary>
    Json = 0,

    /// <summary>Text in UTF-8. In JSON it is a string.</summary>
    Text = 1,

    /// <summary>Any bytes. In JSON they are a string, in base64.</summary>
    Bytes = 2,
}
