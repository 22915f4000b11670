using WhatsSound.Tests.Gateway.Crash;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>What is put onto a server is what runs there.</summary>
public sealed class When_the_program_is_built
{
    [Theory]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    public void Should_bring_no_compiler(string program)
    {
        var folder = Path.GetDirectoryName(ServerProcess.Executable(program))!;
        var files = Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.Contains($"WhatsSound.{program}.dll", files);
        Assert.DoesNotContain(files, static file => file!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || file is "Humanizer.dll");
    }

    [Fact]
    public async Task Should_name_the_storage_as_the_settings_do()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-words-");
        await using (var server = await ServerProcess.StartAsync(folder.FullName))
            Assert.Contains("(storage sqlite)", server.Announcement, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
