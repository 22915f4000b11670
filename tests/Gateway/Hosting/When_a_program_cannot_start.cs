using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>Each reason is one sentence, and the exit code 1.</summary>
public sealed class When_a_program_cannot_start : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-start-");

    private string[] Working => ["--environment=Development", "--urls=http://127.0.0.1:0", $"--contentRoot={_folder.FullName}", $"--Storage:ConnectionString=Data Source={File("test.db")}"];

    [Theory]
    [InlineData("--port=80", "--port is not a setting; --help lists all that are.")]
    [InlineData("--Foo:Bar=1", "--Foo:Bar is not a setting; --help lists all that are.")]
    [InlineData("--Storge:Provider=sqlite", "--Storge:Provider is not a setting; did you mean Storage?")]
    [InlineData("--Storage:Provder=sqlite", "Storage:Provder is not a setting; did you mean Storage:Provider?")]
    [InlineData("--Storage=sqlite", "--Storage is not a setting; --help lists all that are.")]
    [InlineData("--Channels:Rules:0:Patern=a", "Channels:Rules:0:Patern is not a setting; did you mean Channels:Rules:0:Pattern?")]
    [InlineData("-p", "'-p' is not an argument; settings are --Section:Name=value, and --help lists them.")]
    [InlineData("--Urls", "--Urls has no value.")]
    [InlineData("--Storage:Provider=mongo", "Storage:Provider is 'mongo'; it must be sqlite or postgresql.")]
    [InlineData("--Channels:Rules:0:Presence=true", "Channels:Rules:0:Pattern is missing.")]
    [InlineData("--Channels:Rules:3:Pattern=", "Channels:Rules:3:Pattern is missing.")]
    [InlineData("--Channels:Rules:0:Pattern=chat*", "Channels:Rules 'chat*' in the command line: a '*' in a pattern must be a whole segment between colons, as in 'chat:*'.")]
    [InlineData("--Storage:SweepInterval=30", "Storage:SweepInterval is 30.00:00:00; it must be 00:00:01 to 1.00:00:00. A time is written [days.]hours:minutes:seconds: 5 is 5 days, 24:00:00 is 24 days, one day is 1.00:00:00 and 5 seconds are 00:00:05.")]
    [InlineData("--Channels:Rules:0:Anonymous=Subscribe,Everything", "Channels:Rules:0:Anonymous is 'Subscribe,Everything'; it must be some of nothing, subscribe, publish, history, with commas between.")]
    [InlineData("--Sessions:AnonymousPerAddressMax=0", "Sessions:AnonymousPerAddressMax is 0; it must be 1 to 10,000,000.")]
    [InlineData("--Storage:AppendQueueMax=many", "Storage:AppendQueueMax is 'many'; it must be a whole number.")]
    [InlineData("--Storage:SweepInterval=soon", "Storage:SweepInterval is 'soon'; it must be a time such as 00:00:30 ([days.]hours:minutes:seconds).")]
    [InlineData("--Gateway:Enabled=maybe", "Gateway:Enabled is 'maybe'; it must be true or false.")]
    [InlineData("--Storage:AppendQueueMax=0", "Storage:AppendQueueMax is 0; it must be 1 to 1,000,000.")]
    [InlineData("--Lanes:FailuresMax=101", "Lanes:FailuresMax is 101; it must be 1 to 100.")]
    [InlineData("--Lanes:QueueBytesMax=2000", "Lanes:QueueBytesMax is 2000; it must be at least BatchBytesMax, 262144.")]
    [InlineData("--Rooms:Lead=00:00:03", "Rooms:Lead is 00:00:03; it must be 00:00:00 to 00:00:02.")]
    [InlineData("--RoomDirectory:RoomsMax=0", "RoomDirectory:RoomsMax is 0; it must be 1 to 100,000.")]
    [InlineData("--Users:ConnectionsMax=0", "Users:ConnectionsMax is 0; it must be 1 to 10,000.")]
    [InlineData("--Sessions:ChannelsMax=0", "Sessions:ChannelsMax is 0; it must be 1 to 10,000.")]
    [InlineData("--Delivery:ParallelCallsMax=0", "Delivery:ParallelCallsMax is 0; it must be 1 to 10,000.")]
    [InlineData("--SignalR:ClientTimeout=00:00:10", "SignalR:ClientTimeout is 00:00:10; it must be above KeepAliveInterval, 00:00:15.")]
    [InlineData("--Drain:Timeout=-00:00:01", "Drain:Timeout is -00:00:01; it must be 00:00:00 to 00:10:00.")]
    [InlineData("--Telemetry:PrometheusPort=70000", "Telemetry:PrometheusPort is 70000; it must be 0 to 65,535.")]
    [InlineData("--WebPage:Folder=", "WebPage:Folder is empty; it must be set.")]
    [InlineData("--WebPage:Folder=/nowhere/page", "WebPage:Folder is '/nowhere/page'; there is no such folder.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317'; it must be an address such as http://127.0.0.1:4317.")]
    [InlineData("--OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=/v1", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is '/v1'; it must be an address such as http://127.0.0.1:4317.")]
    [InlineData("--Cluster:SiloPort=70000", "Cluster:SiloPort is 70000; it must be 0 to 65,535.")]
    [InlineData("--Cluster:Tls:CertificateFile=/none.pem", "Cluster:Tls:AuthorityFile is not set; with a certificate of its own a process also needs the authority that signs the others'.")]
    [InlineData("--urls=here", "Urls: Invalid url: 'here'")]
    [InlineData("--urls=http://127.0.0.1:99999", "Urls: a port must be 0 to 65,535.")]
    [InlineData("--Web:AllowedOrigins=https://a.example", "Web:AllowedOrigins is 'https://a.example'; it is a list, of which each is set by itself: Web:AllowedOrigins:0=https://a.example.")]
    [InlineData("--Logging:LogLevel:Default=Loud", "Logging:LogLevel: Configuration value 'Loud' is not supported.")]
    public async Task Should_say_which_setting_is_wrong(string argument, string sentence)
    {
        var (exitCode, _, error) = await ProgramRun.OfSiloAsync([.. Working, argument]);

        // A certificate that is not there has two things wrong with it; the first is enough here.
        Assert.Equal((1, sentence), (exitCode, error.Split('\n')[0].TrimEnd()));
    }

    [Fact]
    public async Task Should_say_that_there_is_no_signing_key() =>
        await AssertAsync("Identity:SigningKey is not set", "--environment=Production");

    [Fact]
    public async Task Should_say_that_a_silo_would_be_open_to_anybody() =>
        await AssertAsync("Cluster:AdvertisedAddress is 10.0.0.5, and the ports of a silo let in whoever reaches them", "--Cluster:AdvertisedAddress=10.0.0.5");

    [Fact]
    public async Task Should_say_that_the_port_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        await AssertAsync($"Failed to bind to address {url}: address already in use.", "--urls", url);
    }

    [Fact]
    public async Task Should_say_that_a_port_of_the_cluster_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await AssertAsync("--Cluster:SiloPort", $"--Cluster:SiloPort={((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    [Fact]
    public async Task Should_say_that_a_file_of_settings_cannot_be_read()
    {
        await System.IO.File.WriteAllTextAsync(File("appsettings.json"), "{ broken");

        await AssertAsync("Failed to load configuration from file");
    }

    [Fact]
    public async Task Should_say_which_section_of_a_file_is_not_known()
    {
        await System.IO.File.WriteAllTextAsync(File("appsettings.json"), """{ "Storge": { "Provider": "sqlite" } }""");

        await AssertAsync("Storge in appsettings.json is not a section; did you mean Storage?");
    }

    [Fact]
    public async Task Should_say_which_file_is_no_database()
    {
        await System.IO.File.WriteAllTextAsync(File("test.db"), new string('x', 8192));

        await AssertAsync($"The SQLite file {File("test.db")} cannot be used: it is not a SQLite database, or its header is broken.");
    }

    [Fact]
    public async Task Should_say_which_file_is_read_only()
    {
        await StartOnceAsync();

        await AssertAsync($"The SQLite file {File("test.db")} cannot be used: it is read-only.", $"--Storage:ConnectionString=Data Source={File("test.db")};Mode=ReadOnly");
    }

    [Fact]
    public async Task Should_say_which_schema_is_newer()
    {
        await using (var connection = new SqliteConnection($"Data Source={File("test.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new SqliteCommand("PRAGMA user_version = 1000", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await AssertAsync("has schema 1000");
    }

    [Fact]
    public async Task Should_say_which_folder_cannot_be_made()
    {
        await System.IO.File.WriteAllTextAsync(File("file"), "");

        await AssertAsync($"The SQLite file {File("file/test.db")} cannot be opened or created:", $"--Storage:ConnectionString=Data Source={File("file/test.db")}");
    }

    [Fact]
    public async Task Should_say_which_database_server_does_not_answer() => await AssertAsync(
        "PostgreSQL at 127.0.0.1, database sounds, cannot be used: Failed to connect to 127.0.0.1:1: Connection refused.",
        "--Storage:Provider=postgresql", "--Storage:ConnectionString=Host=127.0.0.1;Port=1;Username=x;Password=hidden;Database=sounds");

    [Fact]
    public async Task Should_say_that_a_database_server_is_not_named() => await AssertAsync(
        "Storage:ConnectionString is not set; set Storage__ConnectionString, such as 'Host=", "--Storage:Provider=postgresql", "--Storage:ConnectionString=");

    [Theory]
    [InlineData("", "ConnectionStrings:Orleans is not set: it is the PostgreSQL database where the cluster keeps its membership.")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=sounds", "PostgreSQL at 127.0.0.1, database sounds, cannot be used: Connection refused.")]
    [InlineData("nonsense", "ConnectionStrings:Orleans is not a connection string of PostgreSQL.")]
    public async Task Should_say_what_a_gateway_lacks(string connectionString, string sentence)
    {
        var (exitCode, _, error) = await ProgramRun.OfGatewayAsync(
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--contentRoot={_folder.FullName}", $"--ConnectionStrings:Orleans={connectionString}");

        Assert.Equal((1, sentence), (exitCode, error.TrimEnd()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private async Task AssertAsync(string sentence, params string[] arguments)
    {
        var (exitCode, _, error) = await ProgramRun.OfSiloAsync([.. Working, .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.TrimEnd());
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    private async Task StartOnceAsync()
    {
        await using var app = WhatsSound.Silo.WhatsSoundHost.Create(Working);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
