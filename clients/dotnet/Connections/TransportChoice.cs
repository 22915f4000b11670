using Microsoft.AspNetCore.Http.Connections;

namespace WhatsSound.Client;

/// <summary>
/// Chooses how to connect: by WebSocket without negotiation, which is one request and so needs no stickiness of a load balancer. When that fails, negotiated, by whatever
/// works; after one such attempt that hung, as behind a proxy that buffers, by long polling, which nothing can hold up; then directly again, by turns. After a direct
/// connection that worked it has to fail three times in a row first: the server is away rather than WebSockets are blocked.
/// </summary>
internal sealed class TransportChoice
{
    private const int Patience = 3;

    private static readonly TransportPlan Direct = new(SkipNegotiation: true, HttpTransportType.WebSockets);

    private int _failures;
    private bool _workedDirectly;
    private bool _hung;

    public TransportPlan Next() => _failures < (_workedDirectly ? Patience : 1)
        ? Direct
        : new(SkipNegotiation: false, _hung ? HttpTransportType.LongPolling : HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling);

    public void Worked(TransportPlan plan)
    {
        _failures = 0;
        if (plan.SkipNegotiation)
            (_workedDirectly, _hung) = (true, false);
    }

    /// <param name="plan">How it was tried.</param>
    /// <param name="isHung">Whether it did not get through in the time it had, rather than being refused.</param>
    public void Failed(TransportPlan plan, bool isHung)
    {
        if (plan.SkipNegotiation)
        {
            _failures++;
            return;
        }

        (_workedDirectly, _failures, _hung) = (false, 0, isHung && !_hung);
    }
}
