using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whoever has shown no token counts by the address, and so does connecting.</summary>
public sealed class When_an_address_has_many_connections : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private readonly SessionHost _host;
    private readonly SessionConduct _conduct;
    private int _connections;

    public When_an_address_has_many_connections()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Identity:SigningKey"] = "a key for tests that is long enough to sign with",
            ["Sessions:ConnectBurstMax"] = "3",
            ["Sessions:ConnectsPerSecondMax"] = "2",
            ["Sessions:StrangerConnectionBurstMax"] = "3",
            ["Sessions:StrangerCommandBurstMax"] = "4",
            ["Sessions:StrangerCommandsPerSecondMax"] = "1",
        }).Build();
        _services = new ServiceCollection()
            .AddLogging().AddMetrics().AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production }).AddSingleton<TimeProvider>(_time).AddSingleton<IClusterClient, FakeCluster>().AddWhatsSoundGateway(configuration)
            .BuildServiceProvider();
        _host = _services.GetRequiredService<SessionHost>();
        _conduct = _services.GetRequiredService<SessionConduct>();
    }

    [Fact]
    public async Task Should_let_no_more_in_by_going_and_coming()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null(await ComeAndGoAsync("10.0.0.1"));

        var refusal = await ComeAndGoAsync("10.0.0.1");

        Assert.Equal((RefusalCode.RateLimited, 500L), (refusal?.Code, refusal?.RetryAfterMs));
        Assert.Null(await ComeAndGoAsync("10.0.0.2"));
        _time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Null(await ComeAndGoAsync("10.0.0.1"));
    }

    [Fact]
    public async Task Should_count_a_network_of_the_newer_protocol_as_one()
    {
        for (var i = 1; i <= 3; i++)
            Assert.Null(await ComeAndGoAsync($"2001:db8::{i}"));

        Assert.Equal(RefusalCode.RateLimited, (await ComeAndGoAsync("2001:db8::4"))?.Code);
        Assert.Null(await ComeAndGoAsync("2001:db8:0:1::1"));
    }

    [Fact]
    public async Task Should_share_the_requests_of_those_that_are_nobodys()
    {
        using var first = (await AdmitAsync("10.0.0.1")).Value!;
        using var second = (await AdmitAsync("10.0.0.1")).Value!;
        using var elsewhere = (await AdmitAsync("10.0.0.2")).Value!;
        Session[] sessions = [Open(first), Open(second)];

        for (var i = 0; i < 4; i++)
            Assert.Null(_conduct.Take(sessions[i % 2]));

        Assert.All(sessions, session => Assert.Equal(RefusalCode.RateLimited, _conduct.Take(session)?.Code));
        Assert.Null(_conduct.Take(Open(elsewhere)));
    }

    [Fact]
    public async Task Should_let_the_others_show_their_tokens_however_much_one_asks()
    {
        using var loud = (await AdmitAsync("10.0.0.1")).Value!;
        using var quiet = (await AdmitAsync("10.0.0.1")).Value!;
        var (flood, other) = (Open(loud), Open(quiet));
        for (var i = 0; i < 1_000; i++)
            _conduct.Take(flood, isAuthenticate: i % 2 == 0);

        Assert.Null(_conduct.Take(other, isAuthenticate: true));
        Assert.Null(_conduct.Take(other));
    }

    [Fact]
    public void Should_give_guests_no_more_by_being_many()
    {
        var allowances = _services.GetRequiredService<Allowances>();
        var guests = Enumerable.Range(0, 100).Select(_ => UserAt("10.0.0.1", GuestSecrets.NewId())).ToList();
        var limits = new SessionLimits();

        var taken = guests.Sum(guest => Enumerable.Range(0, limits.SnapshotBurstMax).Count(_ => allowances.TakeSnapshot(guest) is null));

        Assert.Equal(limits.SnapshotBurstMax * limits.GuestsAsUsersMax, taken);
        Assert.Null(allowances.TakeSnapshot(UserAt("10.0.0.1", "ann")));
        Assert.Null(allowances.TakeSnapshot(UserAt("10.0.0.2", GuestSecrets.NewId())));
    }

    [Fact]
    public void Should_give_guests_no_more_rooms_by_being_many()
    {
        var allowances = _services.GetRequiredService<Allowances>();

        var created = Enumerable.Range(0, 1_000).Count(_ => allowances.TakeRoom(UserAt("10.0.0.1", GuestSecrets.NewId())) is null);

        Assert.Equal(200, created);
        var refusal = allowances.TakeRoom(UserAt("10.0.0.1", GuestSecrets.NewId()));
        Assert.Equal((RefusalCode.RateLimited, 18_000L), (refusal?.Code, refusal?.RetryAfterMs));
        Assert.Null(allowances.TakeRoom(UserAt("10.0.0.1", "ann")));
        Assert.Null(allowances.TakeRoom(UserAt("10.0.0.2", GuestSecrets.NewId())));
        _time.Advance(TimeSpan.FromSeconds(18));
        Assert.Null(allowances.TakeRoom(UserAt("10.0.0.1", GuestSecrets.NewId())));
    }

    [Fact]
    public void Should_let_a_guest_that_is_refused_take_nothing_from_the_others()
    {
        var allowances = _services.GetRequiredService<Allowances>();
        var (flood, other) = (UserAt("10.0.0.1", GuestSecrets.NewId()), UserAt("10.0.0.1", GuestSecrets.NewId()));

        for (var i = 0; i < 10_000; i++)
            allowances.TakeSnapshot(flood);

        Assert.Null(allowances.TakeSnapshot(other));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Session UserAt(string addressKey, string userId) =>
        new($"c{++_connections}", "test", isTls: false, new RecordingSocket(), _services.GetRequiredService<OutboxPolicy>())
        {
            AddressKey = addressKey,
            Identity = new SessionIdentity { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue },
        };

    private Session Open(SessionAdmission admission) => _host.Open(admission, "test", isTls: false, new RecordingSocket());

    private ValueTask<Answer<SessionAdmission>> AdmitAsync(string address) => _host.AdmitAsync($"c{++_connections}", IPAddress.Parse(address), token: null);

    private async Task<Refusal?> ComeAndGoAsync(string address)
    {
        var answer = await AdmitAsync(address);
        answer.Value?.Dispose();
        return answer.Refusal;
    }
}
