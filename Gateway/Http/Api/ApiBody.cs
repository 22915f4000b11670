using Microsoft.AspNetCore.Http.Features;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>The body of one request, read once and for whoever asks first: within so many bytes and so much time.</summary>
/// <param name="request">Whose it is.</param>
/// <param name="bytesMax">How large it may be.</param>
/// <param name="within">How long it may take to come.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiBody(HttpRequest request, int bytesMax, TimeSpan within, TimeProvider time)
{
    private Answer<byte[]>? _read;

    /// <summary>All of it. Refusals: PAYLOAD_TOO_LARGE; BAD_REQUEST where it does not come.</summary>
    public async ValueTask<Answer<byte[]>> ReadAsync(CancellationToken cancellationToken) => _read ??= await ReadOnceAsync(cancellationToken);

    private async Task<Answer<byte[]>> ReadOnceAsync(CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
            return TooLarge();
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytesMax;
        using var patience = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // It grows with what has come: what a request says of its length costs the sender nothing.
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes, either.Token);
            return bytes.ToArray();
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : Refusals.BadRequest("body", "The body breaks off.");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Refusals.BadRequest("body", "The body did not come in time.");
        }
    }

    private Refusal TooLarge() => Refusals.Limit(RefusalCode.PayloadTooLarge, $"The body must have at most {bytesMax:N0} bytes.", bytesMax);
}
