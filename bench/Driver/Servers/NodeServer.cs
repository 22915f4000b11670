namespace WhatsSound.Bench.Servers;

/// <summary>A server of bench/Node, with the packages of its lock file.</summary>
internal abstract class NodeServer : ServerUnderTest
{
    /// <summary>The file it is in.</summary>
    public abstract string Script { get; }

    public override IReadOnlyList<string> Command(RunOptions options) =>
        ["node", "--expose-gc", "--require", Path.Combine(options.Node, "probe.cjs"), Path.Combine(options.Node, Script)];

    public override IReadOnlyDictionary<string, string> Environment(string dataFolder) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" };
}
