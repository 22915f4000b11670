using System.Net;
using System.Net.Sockets;

namespace WhatsSound.Tests.Shared;

/// <summary>Ports for what must be told one.</summary>
internal static class FreePort
{
    /// <summary>One that nobody listens on, at this address; at 127.0.0.1 if none is given.</summary>
    public static int Of(IPAddress? address = null)
    {
        using var listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
