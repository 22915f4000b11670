namespace WhatsSound.Gateway.Requests;

/// <summary>What a field of a request is.</summary>
internal enum FieldKind
{
    /// <summary>A string, bounded in characters.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Any JSON value, bounded in bytes.</summary>
    Json,

    /// <summary>A JSON object, bounded in bytes.</summary>
    Object,

    /// <summary>An object from names to strings, bounded in how many.</summary>
    Texts,

    /// <summary>A list of strings, bounded in how many.</summary>
    TextList,

    /// <summary>A position.</summary>
    Position,

    /// <summary>An object from channels to positions, bounded in how many.</summary>
    Positions,

    /// <summary>A list of objects, bounded in how many.</summary>
    List,
}
