using Microsoft.AspNetCore.Http.Connections;

namespace WhatsSound.Client;

/// <summary>How to make one attempt.</summary>
internal sealed record TransportPlan(bool SkipNegotiation, HttpTransportType Transports);
