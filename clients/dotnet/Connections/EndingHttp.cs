namespace WhatsSound.Client;

/// <summary>SignalR's HTTP, whose requests all end with their connection: some of SignalR's own have no limit but 100 s.</summary>
internal sealed class EndingHttp(HttpMessageHandler inner, CancellationToken gone) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gone);
        return await base.SendAsync(request, either.Token).ConfigureAwait(false);
    }
}
