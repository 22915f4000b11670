using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// Ends connections whose peer is gone without a word. Hub connections are closed when nothing is heard from them; but nothing ever is from the reader of an answer that goes on for long, as
/// server-sent events do, and the system's own default for what is not acknowledged is some fifteen minutes. Linux (<c>TCP_USER_TIMEOUT</c>, tcp(7)); elsewhere the system decides.
/// </summary>
internal static class VanishedPeers
{
    /// <summary>How long what was sent may stay without acknowledgement, or a full receiver may take nothing: twice as long as a client waits for a sign of life.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>As the system numbers them; a socket that is accepted has what its listener has.</summary>
    internal const int Tcp = 6, UserTimeout = 18;

    public static void AddVanishedPeers(this IServiceCollection services) => services.Configure<SocketTransportOptions>(static options => options.CreateBoundListenSocket = Bind);

    private static Socket Bind(EndPoint endpoint)
    {
        var listener = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint)
            listener.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)Within.TotalMilliseconds));
        return listener;
    }
}
