namespace WhatsSound.Gateway.Http.Api;

/// <summary>Where a request of HTTP has a field.</summary>
internal enum FieldPlace
{
    /// <summary>As a segment of the path.</summary>
    Path,

    /// <summary>As a parameter of the query.</summary>
    Query,

    /// <summary>In the JSON object of the body.</summary>
    Body,
}
