namespace WhatsSound.Gateway.Requests;

/// <summary>A field that a request takes, as whoever reads it says: for doors that have to know before there is a request, and for whoever describes them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsRequired">Whether the request is refused without it.</param>
/// <param name="Min">The least number, characters or items; null: none in particular.</param>
/// <param name="Max">The most numbers, characters, items or bytes; null: none in particular.</param>
internal sealed record RequestField(string Name, FieldKind Kind, bool IsRequired, long? Min = null, long? Max = null)
{
    /// <summary>Of a list of objects the fields that each has.</summary>
    public IReadOnlyList<RequestField> Items { get; init; } = [];
}
