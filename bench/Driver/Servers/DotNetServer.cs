namespace WhatsSound.Bench.Servers;

/// <summary>A server of this repository's build.</summary>
internal abstract class DotNetServer : ServerUnderTest
{
    /// <summary>The build output folder it is in; null: the one of this run.</summary>
    public virtual string? Bin => null;

    /// <summary>The path of its assembly below the build output folder.</summary>
    public abstract string Assembly { get; }

    public override IReadOnlyList<string> Command(RunOptions options) => ["dotnet", Path.Combine(Bin ?? options.Bin, Assembly)];
}
