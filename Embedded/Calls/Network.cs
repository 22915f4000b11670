namespace WhatsSound.Embedded.Calls;

/// <summary>The way between nodes of one process: no way at all. A simulation puts delay and loss in its place.</summary>
internal class Network
{
    public virtual void Send(Call call) => call.Sender.Cluster.Deliver(call);

    public virtual void Respond(Call call, object? response, Action<Call, object?> deliver) => deliver(call, response);
}
