using System.Text;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Tests.Bench.Wire;

/// <summary>Frames as a server writes them: short, and not masked.</summary>
internal static class ServerFrame
{
    public static byte[] Of(string text, WebSocketOpCode opCode = WebSocketOpCode.Text, bool isFinal = true) =>
        [(byte)((isFinal ? 0x80 : 0) | (int)opCode), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
