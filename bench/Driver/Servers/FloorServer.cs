namespace WhatsSound.Bench.Servers;

/// <summary>bench/Floor: one send of prepared bytes per listener, in one loop. What the kernel takes, and nothing else.</summary>
internal sealed class FloorServer : DotNetServer
{
    private const int PublisherUser = -1;

    public override string Name => "floor";

    public override string Title => "floor";

    public override string Assembly => "Floor/release/WhatsSound.Bench.Floor.dll";

    // A listener whose kernel buffer is full is closed.
    public override bool HasFlowControl => false;

    public override Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken) =>
        Task.FromResult(user == PublisherUser ? "/publish" : "/");

    public override string Publish(string run, int number, string data) => data;
}
