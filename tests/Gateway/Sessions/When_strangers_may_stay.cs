using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Where a rule gives something to sessions without a user they stay, up to a bound; otherwise, and beyond it, a stranger has a deadline.</summary>
public sealed class When_strangers_may_stay
{
    private readonly FakeTimeProvider _time = new();
    private int _connections;

    [Fact]
    public async Task Should_have_a_deadline_where_there_is_nothing_for_them()
    {
        await using var services = Start(("Sessions:AnonymousMax", "3"));
        var (session, socket) = await ComeAsync(services, "10.0.0.1");

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.False(session.IsAnonymous);
        Assert.Single(socket.Messages.OfType<ClosingMessage>());
    }

    [Fact]
    public async Task Should_stay_up_to_the_bounds_and_have_a_deadline_beyond()
    {
        await using var services = Start(("Sessions:AnonymousMax", "3"), ("Sessions:AnonymousPerAddressMax", "2"), Open);
        List<(Session Session, RecordingSocket Socket)> come = [];
        foreach (var address in (string[])["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3"])
            come.Add(await ComeAsync(services, address));

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal([true, true, false, true, false], come.Select(one => one.Session.IsAnonymous));
        Assert.Equal([0, 0, 1, 0, 1], come.Select(one => one.Socket.Messages.OfType<ClosingMessage>().Count()));
    }

    [Fact]
    public async Task Should_be_turned_away_up_to_whom_their_address_has_a_place_for()
    {
        await using var services = Start(("Sessions:StrangersMax", "3"), ("Sessions:StrangersPerAddressMax", "2"));
        List<Answer<SessionAdmission>> come = [];
        foreach (var address in (string[])["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3"])
            come.Add(await AdmitAsync(services, address));

        Assert.Equal([null, null, RefusalCode.ConnectionLimit, null, RefusalCode.ConnectionLimit], come.Select(static one => one.Refusal?.Code));
        come[0].Value!.Dispose();
        Assert.Null((await AdmitAsync(services, "10.0.0.1")).Refusal);
    }

    [Fact]
    public async Task Should_give_the_place_back_as_somebody_or_when_gone()
    {
        await using var services = Start(("Sessions:AnonymousMax", "1"), Open);
        var host = services.GetRequiredService<SessionHost>();
        var (somebody, _) = await ComeAsync(services, "10.0.0.1");

        var token = services.GetRequiredService<TokenIssuer>().Issue("ada", "Ada", _time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Null((await host.AuthenticateAsync(somebody, token)).Refusal);
        using (var gone = (await AdmitAsync(services, "10.0.0.1")).Value!)
            Assert.True(gone.IsAnonymous);
        var (last, _) = await ComeAsync(services, "10.0.0.1");

        Assert.Equal((false, true), (somebody.IsAnonymous, last.IsAnonymous));
    }

    [Fact]
    public async Task Should_take_nothing_from_the_others_of_the_address_by_flooding()
    {
        await using var services = Start(Open);
        var (conduct, allowances, rule) = (services.GetRequiredService<SessionConduct>(), services.GetRequiredService<Allowances>(), new ChannelRule { Pattern = "open:*" });
        var (flood, _) = await ComeAsync(services, "10.0.0.1");
        var (other, _) = await ComeAsync(services, "10.0.0.1");

        Assert.Equal(200, Enumerable.Range(0, 3_000).Count(_ => conduct.Take(flood) is null));
        Assert.Equal(20, Enumerable.Range(0, 3_000).Count(_ => conduct.Take(flood, isAuthenticate: true) is null));
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => allowances.TakePublication(flood, rule) is null));
        Assert.Equal(20, Enumerable.Range(0, 500).Count(i => allowances.TakeChannel(flood, $"open:{i}", static _ => false) is null));
        for (var i = 0; i < 100 && allowances.RefuseRead(flood) is null; i++)
            allowances.HasRead(flood, 1024 * 1024);

        Assert.Equal(RefusalCode.RateLimited, allowances.RefuseRead(flood)?.Code);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(conduct.Take(other)));
        Assert.Null(conduct.Take(other, isAuthenticate: true));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(allowances.TakePublication(other, rule)));
        Assert.All(Enumerable.Range(500, 20), i => Assert.Null(allowances.TakeChannel(other, $"open:{i}", static _ => false)));
        Assert.Null(allowances.RefuseRead(other));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => conduct.Take(flood) is null));
    }

    [Fact]
    public async Task Should_have_together_what_their_address_has()
    {
        await using var services = Start(Open);
        var conduct = services.GetRequiredService<SessionConduct>();
        var taken = 0;
        for (var i = 0; i < 20; i++)
        {
            var (session, _) = await ComeAsync(services, "10.0.0.1");
            taken += Enumerable.Range(0, 300).Count(_ => conduct.Take(session) is null);
        }

        Assert.Equal(2_000, taken);
        Assert.Null(conduct.Take((await ComeAsync(services, "10.0.0.2")).Session));
    }

    [Fact]
    public async Task Should_not_take_a_token_of_nobody_where_there_is_nothing_for_it_or_no_place()
    {
        await using var closed = Start(("Identity:SubjectRequired", "false"));
        await using var full = Start(("Identity:SubjectRequired", "false"), ("Sessions:AnonymousMax", "1"), Open);
        await ComeAsync(full, "10.0.0.1");

        Assert.Equal(RefusalCode.Unauthenticated, await AuthenticateAsNobodyAsync(closed));
        Assert.Equal(RefusalCode.ConnectionLimit, await AuthenticateAsNobodyAsync(full));
    }

    [Fact]
    public async Task Should_not_take_a_token_of_nobody_unless_told_to()
    {
        await using var services = Start(Open);

        Assert.Equal(RefusalCode.TokenInvalid, await AuthenticateAsNobodyAsync(services));
    }

    [Theory]
    [InlineData("Sessions:AnonymousMax", "0")]
    [InlineData("Sessions:AnonymousPerAddressMax", "0")]
    [InlineData("Sessions:AnonymousPartsOfAddress", "0")]
    public async Task Should_be_bounded(string setting, string value)
    {
        await using var services = Start((setting, value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SessionLimits>>().Value);
    }

    private static (string, string) Open => ("Channels:Rules:0:Anonymous", "Subscribe");

    private ServiceProvider Start(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Identity:SigningKey"] = "a key for tests that is long enough to sign with",
            ["Channels:Rules:0:Pattern"] = "open:*",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        return new ServiceCollection()
            .AddLogging().AddMetrics()
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production })
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IClusterClient, FakeCluster>()
            .AddWhatsSoundGateway(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
    }

    private async Task<string?> AuthenticateAsNobodyAsync(ServiceProvider services)
    {
        var (session, _) = await ComeAsync(services, "10.0.0.9");
        var token = services.GetRequiredService<TokenIssuer>().Issue(userId: null, displayName: null, _time.GetUtcNow() + TimeSpan.FromHours(1));
        return (await services.GetRequiredService<SessionHost>().AuthenticateAsync(session, token)).Refusal?.Code;
    }

    private ValueTask<Answer<SessionAdmission>> AdmitAsync(ServiceProvider services, string address) =>
        services.GetRequiredService<SessionHost>().AdmitAsync($"c{++_connections}", IPAddress.Parse(address), token: null);

    private async Task<(Session Session, RecordingSocket Socket)> ComeAsync(ServiceProvider services, string address)
    {
        var socket = new RecordingSocket();
        var admission = (await AdmitAsync(services, address)).Value!;
        return (services.GetRequiredService<SessionHost>().Open(admission, "test", isTls: false, socket), socket);
    }
}
