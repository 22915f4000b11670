using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace WhatsSound.Bench.Floor;

/// <summary>
/// Who listens, and the loop that is the floor: one <c>send</c> of the same bytes to each socket. Listeners are never read from, and one that cannot take
/// a frame whole is closed.
/// </summary>
internal sealed class Listeners
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;

    private readonly List<Socket> _sockets = [];

    public void Add(Socket socket)
    {
        socket.NoDelay = true;
        lock (_sockets)
            _sockets.Add(socket);
    }

    public void Send(byte[] frame)
    {
        lock (_sockets)
        {
            for (var i = _sockets.Count - 1; i >= 0; i--)
            {
                if (Send((int)_sockets[i].Handle, frame, frame.Length, DontWait | NoSignal) == frame.Length)
                    continue;
                _sockets[i].Dispose();
                _sockets.RemoveAt(i);
            }
        }
    }

    // Past the runtime's own bookkeeping: what is measured is the kernel.
    [DllImport("libc", EntryPoint = "send")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Send(int socket, byte[] bytes, nint count, int flags);
}
