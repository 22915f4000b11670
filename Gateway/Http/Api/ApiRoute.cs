using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>One address of the API: what is asked for there is a request as connections make them, with its fields in path, query and body.</summary>
/// <param name="method">In capitals.</param>
/// <param name="path">With the fields that stand in it in braces.</param>
/// <param name="request">What it carries out: the fields with their bounds, the limits it falls under, and the JSON of its answer.</param>
/// <param name="summary">What it is for, in a sentence.</param>
internal sealed class ApiRoute(string method, string path, SessionRequest request, string summary)
{
    private IReadOnlyList<RequestField>? _elsewhere;

    public string Method => method;

    public string Path => path;

    public SessionRequest Request => request;

    public string Summary => summary;

    /// <summary>What the token or key has to allow, by its word in <c>cap</c>; null: nothing in particular.</summary>
    public string? Capability { get; init; }

    /// <summary>Whether it takes many publications, and so a larger body.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether it has a body.</summary>
    public bool HasBody => method == HttpMethods.Post || method == HttpMethods.Put;

    /// <summary>The fields that are not in the body.</summary>
    public IReadOnlyList<RequestField> Elsewhere => _elsewhere ??= [.. request.Takes.Where(one => PlaceOf(one) != FieldPlace.Body)];

    /// <summary>With which statuses it may be refused.</summary>
    public IReadOnlyList<int> Statuses =>
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
        .. path.StartsWith($"{ApiCatalogue.Root}/rooms/", StringComparison.Ordinal) ? [StatusCodes.Status404NotFound] : Array.Empty<int>(),
        StatusCodes.Status409Conflict,
        .. path.StartsWith($"{ApiCatalogue.Root}/rooms/", StringComparison.Ordinal) ? [StatusCodes.Status410Gone] : Array.Empty<int>(),
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout,
    ];

    /// <summary>Where a field of it stands.</summary>
    public FieldPlace PlaceOf(RequestField field) =>
        path.Contains($"{{{field.Name}}}", StringComparison.Ordinal) ? FieldPlace.Path : HasBody ? FieldPlace.Body : FieldPlace.Query;

    /// <summary>How large its body may be.</summary>
    public int BytesMaxOf(ApiOptions options) => IsBatch ? options.BatchBytesMax : options.RequestBytesMax;

    /// <summary>Whether a path is one of this route, by whatever method.</summary>
    public bool Covers(PathString asked)
    {
        var (mine, theirs) = (path.Split('/'), (asked.Value ?? "").Split('/'));
        return mine.Length == theirs.Length && mine.Zip(theirs).All(static pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
