namespace WhatsSound.Bench.Servers;

/// <summary>The npm package ws: what is sent goes to everybody else.</summary>
internal sealed class WsBroadcast : NodeServer
{
    public override string Name => "ws";

    public override string Title => "ws";

    public override string Script => "ws.mjs";

    public override string Publish(string run, int number, string data) => data;
}
