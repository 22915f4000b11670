using System.Runtime.CompilerServices;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Clients send again by themselves what is refused as RATE_LIMITED without a detail, which is about all that a user asks for: what only one room or user refuses has one.</summary>
public sealed class When_something_is_done_too_often
{
    [Fact]
    public void Should_say_what_it_is()
    {
        var grains = Path.GetFullPath(Path.Combine(FolderOfThis(), "../../../Grains"));
        var sources = Directory.GetFiles(grains, "*.cs", SearchOption.AllDirectories);

        Assert.Contains(sources, source => File.ReadAllText(source).Contains("Refusals.TooOften(", StringComparison.Ordinal));
        Assert.DoesNotContain(sources, source => File.ReadAllText(source).Contains("Retry(RefusalCode.RateLimited", StringComparison.Ordinal));
    }

    private static string FolderOfThis([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
